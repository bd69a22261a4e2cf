package io.byok.query.audit.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.byok.platform.outbound.Outbound;
import io.byok.platform.outbound.OutboundAnswer;
import io.byok.platform.outbound.OutboundCall;
import io.byok.platform.outbound.OutboundFailed;
import io.byok.platform.witness.AddCheckpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks a witness over HTTP. The way is that of all calls, to public addresses over https, unless the operator has named the
 * address; redirects are not followed, and no more than 64 KB of an answer is read.
 */
final class WitnessCall implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST = 64 * 1024;

    /** What a witness said. */
    record Answer(int status, String body) {}

    /** No answer, in words. */
    static final class Away extends Exception {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        Away(String why) {
            super(why, null, false, false);
        }
    }

    private final Outbound outbound;
    private final Set<String> hosts;
    private final HttpClient direct = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    WitnessCall(Outbound outbound, List<String> hosts) {
        this.outbound = outbound;
        this.hosts = Set.copyOf(hosts);
    }

    Answer ask(URI url, AddCheckpoint request) throws Away, InterruptedException {
        URI at = URI.create(url.toString().replaceFirst("/+$", "") + "/add-checkpoint");
        byte[] body = request.text().getBytes(UTF_8);
        return hosts.contains(at.getHost() + ":" + port(at)) ? direct(at, body) : guarded(at, body);
    }

    private static int port(URI at) {
        return at.getPort() >= 0 ? at.getPort() : "https".equals(at.getScheme()) ? 443 : 80;
    }

    private Answer guarded(URI at, byte[] body) throws Away {
        try {
            OutboundAnswer answer = outbound.send(
                    new OutboundCall("POST", at, List.of(Map.entry("Content-Type", "text/plain; charset=utf-8")), body),
                    at.getHost()::equals,
                    PATIENCE,
                    MOST);
            return new Answer(answer.status(), new String(answer.body(), UTF_8));
        } catch (OutboundFailed failed) {
            throw new Away(failed.why().words());
        }
    }

    private Answer direct(URI at, byte[] body) throws Away, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(at)
                .timeout(PATIENCE)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<InputStream> response = direct.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream answer = response.body()) {
                return new Answer(response.statusCode(), new String(answer.readNBytes(MOST), UTF_8));
            }
        } catch (IOException failed) {
            throw new Away("no answer");
        }
    }

    @Override
    public void close() {
        direct.shutdownNow();
    }
}
