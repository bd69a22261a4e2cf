package io.byok.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a number of callers got through, each doing one thing after the other (closed loop).
 *
 * @param done how many
 * @param perSecond the rate
 * @param p50 the median of the first caller's times, milliseconds
 */
record Load(long done, double perSecond, double p50) {

    private static final int SAMPLES = 1 << 20;

    /** Runs for that long; the first thing that fails ends it. */
    static Load of(int callers, Duration length, Runnable work) {
        LongAdder done = new LongAdder();
        long[] times = new long[SAMPLES];
        int[] measured = {0};
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        CountDownLatch start = new CountDownLatch(1);
        long begun;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long end = System.nanoTime() + length.toNanos();
            for (int i = 0; i < callers; i++) {
                boolean first = i == 0;
                threads.execute(() -> {
                    try {
                        start.await();
                        while (System.nanoTime() < end && failure.get() == null) {
                            long before = System.nanoTime();
                            work.run();
                            done.increment();
                            if (first && measured[0] < SAMPLES) {
                                times[measured[0]++] = System.nanoTime() - before;
                            }
                        }
                    } catch (RuntimeException e) {
                        failure.compareAndSet(null, e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            begun = System.nanoTime();
            start.countDown();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        RuntimeException why = failure.get();
        if (why != null) {
            throw why;
        }
        long[] sorted = Arrays.copyOf(times, measured[0]);
        Arrays.sort(sorted);
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos()); // lets the engine write behind settle
        return new Load(done.sum(), done.sum() / seconds, sorted[sorted.length / 2] / 1e6);
    }
}
