package io.byok.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The far side of the network: a key service on this machine that encrypts for real and has bad days on demand. What it
 * says in which mood is its vendor's affair, below.
 */
public abstract class ScriptedEndpoint implements AutoCloseable {

    /** What the next calls get. */
    public enum Mood {
        WELL,
        THROTTLING,
        FAILING,
        SEALED,
        HANGING,
        GARBAGE,
        WRONG_TOKEN
    }

    public static final String GARBAGE = "<html>a proxy's greeting</html>";

    record Call(String method, URI uri, Headers headers, String body) {

        String path() {
            return uri.getPath();
        }

        /** A field of a flat JSON object, empty when it is absent. */
        String field(String name) {
            Matcher found =
                    Pattern.compile("\"" + name + "\"\\s*:\\s*\"?([^\",}]*)").matcher(body);
            return found.find() ? found.group(1) : "";
        }

        String header(String name) {
            String value = headers.getFirst(name);
            return value == null ? "" : value;
        }
    }

    record Reply(int status, String body) {

        static Reply ok(String body) {
            return new Reply(200, body);
        }
    }

    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final int port;
    private final String type;
    private volatile Mood mood = Mood.WELL;
    private volatile int moodCalls = Integer.MAX_VALUE;
    private HttpServer server;

    /** @param type the content type of its answers */
    ScriptedEndpoint(String type) {
        this(type, 0);
    }

    /** @param at the port, or 0 for any that is free */
    ScriptedEndpoint(String type, int at) {
        this.type = type;
        server = start(at);
        port = server.getAddress().getPort();
    }

    /** What it does when it is well. */
    abstract Reply reply(Call call);

    /** What it says in this mood. */
    abstract Reply refusal(Mood bad);

    /** Where a client gets its token, which no mood touches. */
    boolean isTokenPath(String path) {
        return path.startsWith("/token");
    }

    public final String address() {
        return "http://127.0.0.1:" + port;
    }

    /** From now on, for every call. */
    public final void mood(Mood next) {
        mood(next, Integer.MAX_VALUE);
    }

    /** For this many calls. */
    public final synchronized void mood(Mood next, int forCalls) {
        mood = next;
        moodCalls = forCalls;
    }

    /** Nobody listens any more. */
    public final void goAway() {
        server.stop(0);
    }

    /** On the same port, with the same keys. */
    public final void comeBack() {
        server = start(port);
    }

    /** How many calls came in. */
    public final int calls() {
        return calls.get();
    }

    private HttpServer start(int at) {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
            started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            started.createContext("/", this::answer);
            started.start();
            return started;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        Call call = new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        Reply reply;
        if (isTokenPath(call.path())) {
            reply = reply(call);
        } else {
            calls.incrementAndGet();
            reply = in(nextMood(), call);
        }
        byte[] bytes = reply.body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(reply.status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Reply in(Mood now, Call call) {
        return switch (now) {
            case WELL -> reply(call);
            case GARBAGE -> Reply.ok(GARBAGE);
            case HANGING -> hang();
            case THROTTLING, FAILING, SEALED, WRONG_TOKEN -> refusal(now);
        };
    }

    private synchronized Mood nextMood() {
        if (mood != Mood.WELL && moodCalls-- <= 0) {
            mood = Mood.WELL;
        }
        return mood;
    }

    private Reply hang() {
        try {
            closed.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
        return new Reply(500, "");
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
