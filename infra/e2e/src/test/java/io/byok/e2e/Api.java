package io.byok.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A caller of one plane: an address, headers that go with every request, and somebody who sees every answer. */
record Api(URI base, List<String> headers, Consumer<Answer> witness, HttpClient client) {

    private static final HttpClient HTTP = ordinary().build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String JSON = "application/json";

    static Api at(URI base) {
        return new Api(base, List.of(), answer -> {}, HTTP);
    }

    private static HttpClient.Builder ordinary() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .executor(Executors.newVirtualThreadPerTaskExecutor());
    }

    /** Whose connections come from this address of this machine. */
    Api from(InetAddress local) {
        return new Api(base, headers, witness, ordinary().localAddress(local).build());
    }

    /** Over TLS, believing in whatever this believes in. */
    Api trusting(SSLContext trusted) {
        URI secured = URI.create("https://localhost:" + base.getPort());
        return new Api(secured, headers, witness, ordinary().sslContext(trusted).build());
    }

    /** The same caller with more headers: names and values in turn. */
    Api with(String... more) {
        List<String> all = new ArrayList<>(headers);
        all.addAll(Arrays.asList(more));
        return new Api(base, List.copyOf(all), witness, client);
    }

    Api token(String token) {
        return new Api(base, List.of("Authorization", "Bearer " + token), witness, client);
    }

    Api anonymous() {
        return new Api(base, List.of(), witness, client);
    }

    /** Also by this one. */
    Api seenBy(Consumer<Answer> other) {
        return new Api(base, headers, witness.andThen(other), client);
    }

    /** Reads see everything up to there. */
    Api since(long position) {
        return with("Byok-Min-Position", Long.toString(position));
    }

    Answer get(String path) {
        return send("GET", path, null, null);
    }

    Answer delete(String path) {
        return send("DELETE", path, null, null);
    }

    Answer post(String path) {
        return send("POST", path, null, null);
    }

    Answer post(String path, String json) {
        return send("POST", path, json.getBytes(StandardCharsets.UTF_8), JSON);
    }

    Answer put(String path, String json) {
        return send("PUT", path, json.getBytes(StandardCharsets.UTF_8), JSON);
    }

    Answer patch(String path, String json) {
        return send("PATCH", path, json.getBytes(StandardCharsets.UTF_8), JSON);
    }

    /** @throws UncheckedIOException when no answer came */
    Answer send(String method, String path, byte @Nullable [] body, @Nullable String contentType) {
        BodyPublisher content = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).method(method, content);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            Answer answer = new Answer(method + " " + path, response.statusCode(), response.headers(), response.body());
            witness.accept(answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A text as one segment of a path, or as one value of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
