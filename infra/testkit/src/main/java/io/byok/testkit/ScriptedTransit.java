package io.byok.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;

/**
 * The far side of the network: what Vault's and OpenBao's Transit engine does with derived AES-256-GCM keys, for real,
 * and what it does on bad days, on demand.
 */
public final class ScriptedTransit implements AutoCloseable {

    public static final String TOKEN = "s.scripted-token";

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

    /** One key with its versions. */
    private record Reply(int status, String body) {}

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, ScriptedKey> keys = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final int port;
    private volatile Mood mood = Mood.WELL;
    private volatile int moodCalls = Integer.MAX_VALUE;
    private HttpServer server;

    /** With the keys of both chains, one version each. */
    public ScriptedTransit() {
        server = start(0);
        port = server.getAddress().getPort();
        rotate("byok-events");
        rotate("byok-credentials");
    }

    private HttpServer start(int at) {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
            started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            started.createContext("/v1/transit/", this::answer);
            started.start();
            return started;
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** From now on, for every call. */
    public void mood(Mood next) {
        mood(next, Integer.MAX_VALUE);
    }

    /** For this many calls. */
    public synchronized void mood(Mood next, int forCalls) {
        mood = next;
        moodCalls = forCalls;
    }

    /** Nobody listens any more. */
    public void goAway() {
        server.stop(0);
    }

    /** On the same port, with the same keys. */
    public void comeBack() {
        server = start(port);
    }

    /** How many calls came in. */
    public int calls() {
        return calls.get();
    }

    /** As an operator does. */
    public void rotate(String key) {
        byte[] fresh = new byte[32];
        RANDOM.nextBytes(fresh);
        ScriptedKey rotated = keys.computeIfAbsent(key, _ -> new ScriptedKey());
        synchronized (rotated) {
            rotated.versions.put(rotated.versions.isEmpty() ? 1 : rotated.versions.lastKey() + 1, fresh);
        }
    }

    /** Makes a key that is no fit root. */
    public void spoil(String key, boolean derived, boolean exportable) {
        ScriptedKey spoilt = Objects.requireNonNull(keys.get(key), key);
        spoilt.derived = derived;
        spoilt.exportable = exportable;
    }

    private void answer(HttpExchange call) throws IOException {
        calls.incrementAndGet();
        String body = new String(call.getRequestBody().readAllBytes(), UTF_8);
        Reply reply = switch (nextMood()) {
            case THROTTLING -> new Reply(429, "{\"errors\":[\"request rate limit exceeded\"]}");
            case FAILING -> new Reply(500, "{\"errors\":[\"1 error occurred: internal error\"]}");
            case SEALED -> new Reply(503, "{\"errors\":[\"Vault is sealed\"]}");
            case GARBAGE -> new Reply(200, "<html>a proxy's greeting</html>");
            case WRONG_TOKEN -> new Reply(403, "{\"errors\":[\"permission denied\"]}");
            case HANGING -> hang();
            case WELL ->
                TOKEN.equals(call.getRequestHeaders().getFirst("X-Vault-Token"))
                        ? reply(call.getRequestURI().getPath().substring("/v1/transit/".length()), body)
                        : new Reply(403, "{\"errors\":[\"permission denied\"]}");
        };
        byte[] bytes = reply.body.getBytes(UTF_8);
        call.sendResponseHeaders(reply.status, bytes.length == 0 ? -1 : bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
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

    private Reply reply(String path, String body) {
        String[] words = path.split("/");
        ScriptedKey key = keys.get(words[1]);
        if (key == null) {
            return new Reply(404, "{\"errors\":[]}");
        }
        synchronized (key) {
            try {
                return switch (words[0] + (words.length > 2 ? "/" + words[2] : "")) {
                    case "keys" -> facts(key);
                    case "keys/rotate" -> {
                        rotate(words[1]);
                        yield new Reply(204, "");
                    }
                    case "keys/config" -> {
                        key.oldest = Integer.parseInt(field(body, "min_decryption_version"));
                        yield new Reply(204, "");
                    }
                    case "keys/trim" -> {
                        key.versions
                                .headMap(Integer.parseInt(field(body, "min_available_version")))
                                .clear();
                        yield new Reply(204, "");
                    }
                    case "encrypt" -> ciphertext(key, body, Base64.getDecoder().decode(field(body, "plaintext")));
                    case "decrypt" ->
                        opened(
                                key,
                                body,
                                plain -> new Reply(
                                        200,
                                        "{\"data\":{\"plaintext\":\""
                                                + Base64.getEncoder().encodeToString(plain) + "\"}}"));
                    case "rewrap" -> opened(key, body, plain -> ciphertext(key, body, plain));
                    default -> new Reply(404, "{\"errors\":[]}");
                };
            } catch (RuntimeException wrong) {
                return new Reply(400, "{\"errors\":[\"bad request\"]}");
            }
        }
    }

    private static Reply facts(ScriptedKey key) {
        return new Reply(200, """
                {"data":{"type":"aes256-gcm96","derived":%s,"exportable":%s,"allow_plaintext_backup":false,\
                "latest_version":%d,"min_available_version":%d,"min_decryption_version":%d}}""".formatted(
                        key.derived,
                        key.exportable,
                        key.versions.lastKey(),
                        key.versions.firstKey() == 1 ? 0 : key.versions.firstKey(),
                        key.oldest));
    }

    private static Reply ciphertext(ScriptedKey key, String body, byte[] plain) {
        String asked = field(body, "key_version");
        int version = asked.isEmpty() ? key.versions.lastKey() : Integer.parseInt(asked);
        byte[] nonce = new byte[12];
        RANDOM.nextBytes(nonce);
        byte[] sealed = DerivedAes.run(
                Cipher.ENCRYPT_MODE,
                Objects.requireNonNull(key.versions.get(version)),
                field(body, "context"),
                nonce,
                plain);
        byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
        return new Reply(
                200,
                "{\"data\":{\"ciphertext\":\"vault:v" + version + ":"
                        + Base64.getEncoder().encodeToString(whole) + "\",\"key_version\":" + version + "}}");
    }

    private static Reply opened(ScriptedKey key, String body, Function<byte[], Reply> next) {
        String[] parts = field(body, "ciphertext").split(":");
        int version = Integer.parseInt(parts[1].substring(1));
        if (version < key.oldest || !key.versions.containsKey(version)) {
            return new Reply(
                    400, "{\"errors\":[\"ciphertext or signature version is disallowed by policy (too old)\"]}");
        }
        byte[] whole = Base64.getDecoder().decode(parts[2]);
        byte[] plain;
        try {
            plain = DerivedAes.run(
                    Cipher.DECRYPT_MODE,
                    key.versions.get(version),
                    field(body, "context"),
                    Arrays.copyOf(whole, 12),
                    Arrays.copyOfRange(whole, 12, whole.length));
        } catch (IllegalStateException doesNotOpen) {
            return new Reply(400, "{\"errors\":[\"cipher: message authentication failed\"]}");
        }
        return next.apply(plain);
    }

    private static String field(String body, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(body);
        return found.find() ? found.group(1) : "";
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
