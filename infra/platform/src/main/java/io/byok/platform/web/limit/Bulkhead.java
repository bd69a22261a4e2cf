package io.byok.platform.web.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.byok.kernel.TenantId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many requests of one tenant are worked on at a time; more of them wait their turn for a moment. Threads are cheap
 * here and connections to the database are not: without a bound one tenant's burst would hold all of them. Safe for any
 * number of threads.
 */
public final class Bulkhead {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration FORGOTTEN = Duration.ofMinutes(10); // longer than any request takes

    private final int most;
    private final LoadingCache<TenantId, Semaphore> turns;

    /** @param most 0 for no bound */
    public Bulkhead(int most) {
        this.most = most;
        this.turns = Caffeine.newBuilder().expireAfterAccess(FORGOTTEN).build(_ -> new Semaphore(most, true));
    }

    /** A turn, to be closed when the work is done; empty when none came up in time. */
    public Optional<Turn> enter(TenantId tenant) throws InterruptedException {
        if (most == 0) {
            return Optional.of(() -> {});
        }
        Semaphore turn = turns.get(tenant);
        return turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                ? Optional.of(turn::release)
                : Optional.empty();
    }

    /** The right to be worked on. */
    @FunctionalInterface
    public interface Turn extends AutoCloseable {

        @Override
        void close();
    }
}
