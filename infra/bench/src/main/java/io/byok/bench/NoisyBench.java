package io.byok.bench;

import io.byok.bench.Comparison.Better;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a tenant at fifty times its limit costs the others: their 99th percentile while it floods one plane beside theirs while
 * it is silent, in turns on one server.
 */
public final class NoisyBench {

    private static final int OTHERS = 8;
    private static final int LIMIT = 10; // requests of a tenant in a second
    private static final double QUIET = OTHERS * LIMIT * 0.6;
    private static final double NOISE = LIMIT * 50.0;
    private static final Duration SPENDING = Duration.ofSeconds(3); // what the noisy one had saved up
    private static final String NOTES =
            OTHERS + " tenants at 60 %% of a limit of " + LIMIT + " requests/s each, open loop, times from when a"
                    + " request was due; a ninth at 50 times its limit,"
                    + " %s, when it has spent what a minute of silence saved it. One server process with embedded engines; the"
                    + " generator of both loads shares the machine with"
                    + " it";

    private final List<HttpRequest> quietReads = new ArrayList<>();
    private final List<HttpRequest> quietUses = new ArrayList<>();
    private final BenchServer server;
    private final PacedLoad quiet;
    private final PacedLoad noisy;

    private NoisyBench(BenchServer server, PacedLoad quiet, PacedLoad noisy) {
        this.server = server;
        this.quiet = quiet;
        this.noisy = noisy;
    }

    /** @param quick two rounds of five seconds instead of five of twelve */
    public static List<Comparison> run(boolean quick) throws Exception {
        String perMinute = Integer.toString(LIMIT * 60);
        try (BenchServer server = BenchServer.start(Map.of(
                        "BYOK_ENABLE_VALIDATION",
                        "false",
                        "BYOK_LIMITS_TENANTPERMINUTE",
                        perMinute,
                        "BYOK_LIMITS_TOKENPERMINUTE",
                        "0",
                        "BYOK_LIMITS_RESOLVEPERMINUTE",
                        perMinute));
                PacedLoad calm = new PacedLoad();
                PacedLoad flood = new PacedLoad()) {
            return new NoisyBench(server, calm, flood).measure(quick);
        }
    }

    private List<Comparison> measure(boolean quick) throws Exception {
        for (int i = 0; i < OTHERS; i++) {
            String token = tenant("other-" + i);
            quietReads.add(read(token));
            quietUses.add(use(token));
        }
        String loud = tenant("noisy");
        return List.of(
                compare("noisy-control", quietReads, read(loud), "GET /v1/keys", quick),
                compare("noisy-data", quietUses, use(loud), "POST /v1/resolve", quick));
    }

    private Comparison compare(String name, List<HttpRequest> others, HttpRequest flood, String what, boolean quick)
            throws Exception {
        Duration length = Duration.ofSeconds(quick ? 5 : 12);
        for (int round = 0; round < 4; round++) {
            // A server that has just started is slow for everybody, and refuses some.
            PacedLoad.Seen _ = quiet.start(others, QUIET * 4, length).get();
            PacedLoad.Seen _ = noisy.start(List.of(flood), NOISE / 2, length).get();
        }
        List<List<Double>> runs = new ArrayList<>();
        for (int round = 0; round < (quick ? 2 : 5); round++) {
            double alone = p99(quiet.start(others, QUIET, length));
            Future<PacedLoad.Seen> noise = noisy.start(List.of(flood), NOISE, length.plus(SPENDING));
            Thread.sleep(SPENDING);
            double beside = p99(quiet.start(others, QUIET, length));
            refused(noise.get());
            runs.add(List.of(beside, alone));
        }
        return Comparison.of(
                name + "-p99", "ms", Better.LOWER, "the same without the noise", 2.0, runs, NOTES.formatted(what));
    }

    private static double p99(Future<PacedLoad.Seen> load) throws ExecutionException, InterruptedException {
        PacedLoad.Seen seen = load.get();
        if (seen.of(200) != seen.millis().length) {
            throw new IllegalStateException("a tenant within its limit was answered " + seen.answers());
        }
        return seen.p99();
    }

    /** Of fifty times the limit, all but a fiftieth and what was saved up in a minute of silence. */
    private static void refused(PacedLoad.Seen noise) {
        int all = noise.millis().length;
        if (noise.of(429) < all * 0.7) {
            throw new IllegalStateException("the noise was not refused: " + noise.answers());
        }
    }

    private String tenant(String name) throws IOException, InterruptedException {
        String made = quiet.ask(post(server.control(), "/v1/tenants", server.token(), "{\"name\":\"" + name + "\"}"));
        String token = JsonMapper.shared().readTree(made).path("token").asString();
        String body = "{\"provider\":\"openai\",\"validate\":\"never\",\"credential\":{\"apiKey\":\"sk-proj-%s\"}}"
                .formatted("a1B2c3D4".repeat(6));
        String _ = quiet.ask(post(server.control(), "/v1/users/ada/keys", token, body));
        return token;
    }

    private HttpRequest read(String token) {
        return request(server.control(), "/v1/keys?limit=10", token).GET().build();
    }

    private HttpRequest use(String token) {
        return post(
                server.dataPlane(),
                "/v1/resolve",
                token,
                "{\"userId\":\"ada\",\"provider\":\"openai\",\"purpose\":\"answer\"}");
    }

    private static HttpRequest post(URI plane, String path, String token, String body) {
        return request(plane, path, token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static HttpRequest.Builder request(URI plane, String path, String token) {
        return HttpRequest.newBuilder(plane.resolve(path)).header("Authorization", "Bearer " + token);
    }
}
