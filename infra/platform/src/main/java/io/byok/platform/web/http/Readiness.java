package io.byok.platform.web.http;

import io.byok.platform.web.ReadinessProbe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Asks all probes at once and waits for two seconds at most. An answer is reused for a quarter of a second, so that
 * whoever asks quickly, and anybody may, does not load the database.
 */
final class Readiness implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration MAX_AGE = Duration.ofMillis(250);

    private final List<ReadinessProbe> probes;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Answer last = new Answer(List.of(), System.nanoTime() - MAX_AGE.toNanos());

    private record Answer(List<String> missing, long at) {}

    Readiness(List<ReadinessProbe> probes) {
        this.probes = List.copyOf(probes);
    }

    /** The parts that are not ready, in the order of the probes; empty when all are. */
    List<String> missing() {
        Answer known = last;
        if (System.nanoTime() - known.at() < MAX_AGE.toNanos()) {
            return known.missing();
        }
        Answer fresh = new Answer(ask(), System.nanoTime());
        last = fresh;
        return fresh.missing();
    }

    private List<String> ask() {
        record Asked(String part, CompletableFuture<Boolean> ready) {}
        List<Asked> asked = probes.stream()
                .map(probe -> new Asked(probe.part(), isReady(probe)))
                .toList();
        return asked.stream()
                .filter(one -> !one.ready().join())
                .map(Asked::part)
                .toList();
    }

    private CompletableFuture<Boolean> isReady(ReadinessProbe probe) {
        return CompletableFuture.supplyAsync(probe::isReady, threads)
                .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(_ -> false);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
