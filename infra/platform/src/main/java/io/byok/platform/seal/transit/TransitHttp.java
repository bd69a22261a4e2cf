package io.byok.platform.seal.transit;

import io.byok.platform.seal.root.RemoteTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * One call to Transit and its answer, as bytes. A redirect is not followed: the token would go with it. Answers are read
 * up to 64 KB.
 */
final class TransitHttp {

    private static final int LARGEST = 64 * 1024;

    private final URI address;
    private final TransitToken token;
    private final Optional<String> namespace;
    private final Duration timeout;
    private final HttpClient client;

    TransitHttp(URI address, TransitToken token, Optional<String> namespace, Duration timeout) {
        this.address = address;
        this.token = token;
        this.namespace = namespace;
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    /** @param body owned by the caller, wiped at the end of the call in any case */
    record Answer(int status, byte[] body) implements AutoCloseable {

        @Override
        public void close() {
            Arrays.fill(body, (byte) 0);
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    /** @param body wiped when it was sent */
    Answer post(String path, byte[] body) {
        try {
            return send(request(path)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "/v1/" + path))
                .timeout(timeout)
                .header("X-Vault-Token", token.exposeForHeader())
                .header("X-Vault-Request", "true"); // an agent in between may ask for it
        namespace.ifPresent(name -> request.header("X-Vault-Namespace", name));
        return request;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(LARGEST);
                if (body.read() >= 0) {
                    throw RemoteTrouble.passing("its answer is too long", null);
                }
                return new Answer(answer.statusCode(), bytes);
            }
        } catch (IOException away) {
            throw RemoteTrouble.passing("does not answer", away);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw RemoteTrouble.passing("interrupted", stopping);
        }
    }
}
