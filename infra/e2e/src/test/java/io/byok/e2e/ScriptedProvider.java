package io.byok.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Plays every provider: answers whatever it is told to, and remembers what it was asked. */
final class ScriptedProvider implements AutoCloseable {

    /** What is answered. A status of 0 answers too late. */
    record Said(int status, String body) {}

    /** What was asked. */
    record Asked(String method, String host, URI uri, Headers headers, String body) {
        /** The credential of a call that carries it as most do. */
        String bearer() {
            return header("Authorization").replace("Bearer ", "");
        }

        String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }
    }

    static final String ACCESS_TOKEN = "scripted-access-token";

    private static final int TOO_LATE_MILLIS = 4_000;

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, Said> said = _ -> new Said(500, "");

    ScriptedProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on this is the answer; what was asked before is forgotten. */
    void say(Said next) {
        say(_ -> next);
    }

    /** From now on this answers. */
    void say(Function<Asked, Said> next) {
        asked.clear();
        said = next;
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked now = new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestHeaders().getFirst("Host"),
                    exchange.getRequestURI(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            asked.add(now);
            Said next = said.apply(now);
            if (next.status() == 0) {
                Thread.sleep(TOO_LATE_MILLIS);
            }
            if (next.status() == 302) {
                exchange.getResponseHeaders().add("Location", "http://169.254.169.254/latest/meta-data");
            }
            boolean token = now.uri().getPath().endsWith("/oauth2/v2.0/token") && next.status() != 0;
            byte[] body = (token ? "{\"access_token\":\"" + ACCESS_TOKEN + "\"}" : next.body()).getBytes(UTF_8);
            exchange.sendResponseHeaders(
                    token ? 200 : Math.max(200, next.status()), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
