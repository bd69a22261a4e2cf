package io.byok.platform.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers of the database about tokens, each reused for a bounded time that counts from before the database was asked.
 * Simultaneous callers ask once; none waits for another one's lookup. What is unknown is remembered in a cache of its
 * own, small and shorter, so that a flood of it pushes out nobody.
 *
 * @param <K> what is asked about; hides the token itself
 * @param <V> what is known of it
 */
final class FreshTokens<K, V> {

    private static final Duration MAX_AGE_OF_UNKNOWN = Duration.ofMillis(250);
    private static final int MOST_KNOWN = 100_000;
    private static final int MOST_UNKNOWN = 10_000;

    private final Function<K, Optional<V>> lookup;
    private final Duration maxAge;
    private final Ticker ticker;
    private final Executor lookups;
    private final AsyncCache<K, Answer<V>> known;
    private final Cache<K, Answer<V>> unknown;

    FreshTokens(Function<K, Optional<V>> lookup, Duration maxAge, Ticker ticker, Executor lookups) {
        this.lookup = lookup;
        this.maxAge = maxAge;
        this.ticker = ticker;
        this.lookups = lookups;
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST_KNOWN)
                .expireAfterWrite(maxAge)
                .ticker(ticker)
                .buildAsync();
        this.unknown = Caffeine.newBuilder()
                .maximumSize(MOST_UNKNOWN)
                .expireAfterWrite(MAX_AGE_OF_UNKNOWN)
                .ticker(ticker)
                .build();
    }

    /** A failure is an answer too: the cache would print it to the log, once per caller of a database that is away. */
    private record Answer<V>(Optional<V> token, @Nullable RuntimeException failure, long askedAt) {}

    /** Never blocks; fails with the database's failure when it could not be asked. */
    CompletableFuture<Optional<V>> find(K key) {
        Answer<V> no = unknown.getIfPresent(key);
        if (no != null && isFresh(no, MAX_AGE_OF_UNKNOWN)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return fresh(key).thenApply(answer -> {
            if (answer.failure() != null) {
                throw answer.failure();
            }
            return answer.token();
        });
    }

    private CompletableFuture<Answer<V>> fresh(K key) {
        CompletableFuture<Answer<V>> cached = known.getIfPresent(key);
        if (cached != null) {
            if (!isStale(cached)) {
                return cached;
            }
            known.asMap().remove(key, cached);
        }
        CompletableFuture<Answer<V>> asked =
                known.get(key, (wanted, _) -> CompletableFuture.supplyAsync(() -> ask(wanted), lookups));
        return asked.thenApply(answer -> sortOut(key, answer, asked));
    }

    private Answer<V> ask(K key) {
        long askedAt = ticker.read();
        try {
            return new Answer<>(lookup.apply(key), null, askedAt);
        } catch (RuntimeException e) {
            return new Answer<>(Optional.empty(), e, askedAt);
        }
    }

    /** Keeps what is known where it is, moves what is unknown to its own cache, and forgets failures. */
    private Answer<V> sortOut(K key, Answer<V> answer, CompletableFuture<Answer<V>> entry) {
        if (answer.token().isEmpty()) {
            if (answer.failure() == null) {
                unknown.put(key, answer);
            }
            known.asMap().remove(key, entry);
        }
        return answer;
    }

    private boolean isStale(CompletableFuture<Answer<V>> entry) {
        return entry.isDone() && (entry.join().failure() != null || !isFresh(entry.join(), maxAge));
    }

    private boolean isFresh(Answer<V> answer, Duration most) {
        return ticker.read() - answer.askedAt() < most.toNanos();
    }
}
