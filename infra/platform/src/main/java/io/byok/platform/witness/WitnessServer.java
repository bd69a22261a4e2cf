package io.byok.platform.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A witness over HTTP: {@code POST /add-checkpoint} and nothing else. Put TLS in front of it where the network is not yours. */
public final class WitnessServer implements AutoCloseable {

    private static final int MOST = 64 * 1024;
    private static final int SECONDS_FOR_A_REQUEST = 10;
    private static final int MOST_CONNECTIONS = 256;

    static {
        // Read once by the JDK's server when its first class is loaded.
        System.setProperty("sun.net.httpserver.maxReqTime", Integer.toString(SECONDS_FOR_A_REQUEST));
        System.setProperty("sun.net.httpserver.maxRspTime", Integer.toString(SECONDS_FOR_A_REQUEST));
        System.setProperty("jdk.httpserver.maxConnections", Integer.toString(MOST_CONNECTIONS));
    }

    private final Witness witness;
    private final Consumer<String> log;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private WitnessServer(Witness witness, Consumer<String> log, HttpServer server) {
        this.witness = witness;
        this.log = log;
        this.server = server;
    }

    /** @param log gets a line for each request that was refused, and never what it held */
    public static WitnessServer start(Witness witness, String host, int port, Consumer<String> log) throws IOException {
        WitnessServer made = new WitnessServer(witness, log, HttpServer.create(new InetSocketAddress(host, port), 0));
        made.server.createContext("/", made::answer);
        made.server.setExecutor(made.threads);
        made.server.start();
        return made;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals("/add-checkpoint")) {
                send(exchange, 404, "text/plain; charset=utf-8", "there is add-checkpoint only\n");
            } else if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "POST");
                send(exchange, 405, "text/plain; charset=utf-8", "add-checkpoint is a POST\n");
            } else {
                add(exchange);
            }
        }
    }

    private void add(HttpExchange exchange) throws IOException {
        Witness.Answer answer;
        try (InputStream body = exchange.getRequestBody()) {
            answer = add(body.readNBytes(MOST + 1));
        } catch (IOException failed) {
            log.accept("500 " + failed.getMessage());
            send(exchange, 500, "text/plain; charset=utf-8", "the witness cannot read or write its records\n");
            return;
        }
        if (!answer.why().isEmpty()) {
            log.accept(answer.status() + " " + answer.why());
        }
        send(exchange, answer.status(), answer.type(), answer.body());
    }

    private Witness.Answer add(byte[] body) throws IOException {
        String text = "";
        if (body.length <= MOST) {
            try {
                text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            } catch (CharacterCodingException notText) {
                // no request, as is an empty one
            }
        }
        return witness.add(text);
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() throws IOException {
        server.stop(1);
        threads.shutdown();
        try {
            boolean _ = threads.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        witness.close();
    }
}
