package io.byok.bench;

import io.byok.bench.Comparison.Better;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long after a command's answer a caller sees it in the key list, on an idle server: the read that names the command's
 * position, beside the same read that waits for nothing. Over HTTP, through the store, Kafka and all read models.
 */
public final class VisibleBench {

    private static final String KEY =
            "{\"provider\":\"openai\",\"validate\":\"never\",\"credential\":{\"apiKey\":\"sk-proj-%048d\"}}";

    private final BenchServer server;
    private final String key;

    private VisibleBench(BenchServer server, String key) {
        this.server = server;
        this.key = key;
    }

    /** @param quick fewer and shorter runs */
    public static List<Comparison> run(boolean quick) throws Exception {
        try (BenchServer server = BenchServer.start()) {
            HttpResponse<String> added = server.send("POST", "/v1/users/bench/keys", KEY.formatted(1));
            VisibleBench bench = new VisibleBench(
                    server,
                    JsonMapper.shared().readTree(added.body()).path("id").asString());
            bench.round(quick ? 200 : 2_000, 0); // warm-up
            List<List<Double>> middle = new ArrayList<>();
            List<List<Double>> worst = new ArrayList<>();
            for (int run = 0; run < (quick ? 2 : 5); run++) {
                double[][] seen = bench.round(quick ? 100 : 500, TimeUnit.MILLISECONDS.toNanos(20));
                middle.add(List.of(at(seen[0], 0.5), at(seen[1], 0.5)));
                worst.add(List.of(at(seen[0], 0.99), at(seen[1], 0.99)));
            }
            return List.of(comparison("visible-p50", "15 ms", middle), comparison("visible-p99", "60 ms", worst));
        }
    }

    private static Comparison comparison(String name, String goal, List<List<Double>> runs) {
        return Comparison.of(
                name,
                "ms",
                Better.LOWER,
                "the read without a wait",
                null,
                runs,
                "one caller with pauses; the goal is below " + goal + ", the read's own time included");
    }

    /** Milliseconds of reads that waited, and of reads that did not. */
    private double[][] round(int commands, long pause) throws Exception {
        double[][] took = new double[2][commands];
        for (int i = 0; i < commands; i++) {
            String position = server.send("PATCH", "/v1/keys/" + key, "{\"alias\":\"a" + i + "\"}")
                    .headers()
                    .firstValue("Byok-Position")
                    .orElseThrow();
            long begin = System.nanoTime();
            String shown = server.send("GET", "/v1/keys/" + key, "", "Byok-Min-Position", position)
                    .body();
            took[0][i] = millis(begin);
            if (!shown.contains("\"alias\":\"a" + i + "\"")) {
                throw new IllegalStateException("an older state was shown: " + shown);
            }
            begin = System.nanoTime();
            server.send("GET", "/v1/keys/" + key, "");
            took[1][i] = millis(begin);
            LockSupport.parkNanos(pause);
        }
        return took;
    }

    private static double millis(long since) {
        return (System.nanoTime() - since) / 1e6;
    }

    private static double at(double[] values, double quantile) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) (quantile * (sorted.length - 1))];
    }
}
