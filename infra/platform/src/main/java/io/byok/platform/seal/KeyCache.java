package io.byok.platform.seal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Unwrapped keys for a short while: bounded in number and age, loaded once however many ask, wiped when they leave. The
 * cache owns its keys and hands out copies, so that wiping never hits a key in use.
 *
 * @param <N> everything that names a key and decides who may have it; a policy left out of the name is a policy bypassed
 */
final class KeyCache<N extends Record> implements AutoCloseable {

    private final Cache<N, SealingKey> held;

    KeyCache(int most, Duration longest) {
        held = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(longest)
                .scheduler(Scheduler.systemScheduler()) // wiped in time, not at the next access
                .executor(Runnable::run)
                .removalListener((@Nullable N name, @Nullable SealingKey key, RemovalCause cause) -> {
                    if (key != null) {
                        key.close();
                    }
                })
                .build();
    }

    /**
     * A copy of the key, owned by the caller; null when the loader knows no such key, which is not remembered. A load and
     * a {@link #forget} of the same name exclude each other: a forgotten key does not come back from a slow load.
     */
    @Nullable
    SealingKey copyOf(N name, Function<N, @Nullable SealingKey> load) {
        while (true) {
            SealingKey key = held.get(name, load);
            if (key == null) {
                return null;
            }
            SealingKey copy = key.copyIfOpen();
            if (copy != null) {
                return copy;
            }
            // It left the cache and was wiped between the two steps; the entry is gone, so the next round loads it.
        }
    }

    /** Whether it would be copied without loading. */
    boolean holds(N name) {
        return held.getIfPresent(name) != null;
    }

    void forget(N name) {
        held.invalidate(name);
    }

    /** Forgets and wipes everything. */
    @Override
    public void close() {
        held.invalidateAll();
    }
}
