package io.byok.platform.web.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * So many requests in any minute for each of those who are counted: a full bucket at first, refilled evenly. Whoever has
 * been silent for two minutes has a full bucket again and is forgotten. Safe for any number of threads.
 *
 * @param <W> who is counted
 */
final class Allowance<W> {

    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int MOST = 100_000;

    private final String name;
    private final int perMinute;
    private final LoadingCache<W, Bucket> buckets;

    /**
     * @param name stands in the headers
     * @param perMinute more than 0
     * @param nanoTime the clock
     */
    Allowance(String name, int perMinute, LongSupplier nanoTime) {
        this.name = name;
        this.perMinute = perMinute;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(PERIOD.multipliedBy(2))
                .ticker(nanoTime::getAsLong)
                .build(_ -> Bucket.builder()
                        .withCustomTimePrecision(new Nanos(nanoTime))
                        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, PERIOD))
                        .build());
    }

    /** Takes one request from what is left for them. */
    Grant ask(W who) {
        ConsumptionProbe probe = buckets.get(who).tryConsumeAndReturnRemaining(1);
        return new Grant(
                name,
                perMinute,
                probe.isConsumed(),
                probe.getRemainingTokens(),
                Duration.ofNanos(
                        probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill()));
    }

    private record Nanos(LongSupplier clock) implements io.github.bucket4j.TimeMeter {

        @Override
        public long currentTimeNanos() {
            return clock.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
