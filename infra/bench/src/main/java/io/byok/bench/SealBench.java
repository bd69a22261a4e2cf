package io.byok.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The whole of suite 1 beside AES-GCM alone, which is its limit, and beside what others offer. Every run measures each
 * side once before the next run begins, all in this JVM, which the first run has warmed up: on a machine that others use,
 * a fresh JVM per number measures mostly how fast its compiler got to work.
 */
public final class SealBench {

    private static final List<String> PEERS = List.of("jdk", "bouncycastle", "tink");
    private static final Map<Integer, Double> GOAL_AGAINST_JDK = Map.of(1024, 2.5, 16384, 1.2);
    private static final double GOAL_AGAINST_BOUNCY_CASTLE = 1.0;

    private static final String NOTES =
            "suite 1: salt, derived key, commitment, 106 bytes of place; the others: one key"
                    + " for all messages, random nonce, 106 bytes of associated data, no commitment; one thread";

    private SealBench() {}

    /** @param quick three short runs (about half a minute) instead of seven (about three) */
    public static List<Comparison> run(boolean quick) throws RunnerException {
        TimeValue time = TimeValue.milliseconds(quick ? 200 : 700);
        collect(new Runner(options(time, quick ? 3 : 4)).run(), new TreeMap<>()); // warms up; not counted
        Map<String, Map<String, List<Double>>> measured = new TreeMap<>();
        for (int run = 0; run < (quick ? 3 : 7); run++) {
            collect(new Runner(options(time, 0)).run(), measured);
        }
        List<Comparison> comparisons = new ArrayList<>();
        measured.forEach((name, sides) -> PEERS.forEach(peer -> comparisons.add(compare(name, sides, peer))));
        return comparisons;
    }

    private static Options options(TimeValue time, int warmups) {
        return new OptionsBuilder()
                .include(SealBenchmark.class.getName())
                .forks(0)
                .warmupIterations(warmups)
                .warmupTime(time)
                .measurementIterations(1)
                .measurementTime(time)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    private static void collect(Collection<RunResult> results, Map<String, Map<String, List<Double>>> measured) {
        for (RunResult result : results) {
            String method = result.getParams().getBenchmark();
            String name = method.substring(method.lastIndexOf('.') + 1) + "-"
                    + result.getParams().getParam("bytes");
            measured.computeIfAbsent(name, n -> new TreeMap<>())
                    .computeIfAbsent(result.getParams().getParam("what"), w -> new ArrayList<>())
                    .add(result.getPrimaryResult().getScore());
        }
    }

    private static Comparison compare(String name, Map<String, List<Double>> sides, String peer) {
        List<Double> ours = sides.getOrDefault("suite1", List.of());
        List<Double> theirs = sides.getOrDefault(peer, List.of());
        List<List<Double>> runs = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            runs.add(List.of(ours.get(i), theirs.get(i)));
        }
        int bytes = Integer.parseInt(name.substring(name.indexOf('-') + 1));
        return Comparison.of(name, "ns/op", Comparison.Better.LOWER, peer, goal(peer, bytes), runs, NOTES);
    }

    private static @Nullable Double goal(String peer, int bytes) {
        return switch (peer) {
            case "jdk" -> GOAL_AGAINST_JDK.get(bytes);
            case "bouncycastle" -> bytes < 1024 ? null : GOAL_AGAINST_BOUNCY_CASTLE;
            default -> null;
        };
    }
}
