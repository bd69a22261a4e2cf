package io.byok.platform.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Says whose token it is. Guarantees:
 *
 * <ul>
 *   <li>a token is recognised by the keyed hash of all of it, never by a part;
 *   <li>an answer is reused for {@link #MAX_AGE} at most, counted from before the database was asked, so that a revoked
 *       token is refused on every node within a second (plus the time of a lookup that was under way);
 *   <li>expiry is checked at every use, by this node's clock;
 *   <li>what is not a token by form and checksum is refused without hashing or asking;
 *   <li>simultaneous callers with one token ask the database once; no caller waits for another token's lookup.
 * </ul>
 *
 * Unknown tokens are remembered in a cache of their own, small and shorter, so that a flood of them pushes out nobody.
 */
public final class TokenVerifier implements AutoCloseable {

    /** How long an answer may be reused. */
    public static final Duration MAX_AGE = Duration.ofMillis(800);

    private static final Duration MAX_AGE_OF_UNKNOWN = Duration.ofMillis(250);
    private static final int MOST_KNOWN = 100_000;
    private static final int MOST_UNKNOWN = 10_000;

    private final TokenHasher hasher;
    private final Function<TokenHash, Optional<VerifiedToken>> lookup;
    private final InstantSource clock;
    private final Ticker ticker;
    private final AsyncCache<TokenHash, Answer> known;
    private final Cache<TokenHash, Answer> unknown;
    private final ExecutorService lookups = Executors.newVirtualThreadPerTaskExecutor();

    public TokenVerifier(TokenHasher hasher, DataSource database, InstantSource clock) {
        this(hasher, new TokenRows(database)::find, clock, Ticker.systemTicker());
    }

    TokenVerifier(
            TokenHasher hasher,
            Function<TokenHash, Optional<VerifiedToken>> lookup,
            InstantSource clock,
            Ticker ticker) {
        this.hasher = hasher;
        this.lookup = lookup;
        this.clock = clock;
        this.ticker = ticker;
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST_KNOWN)
                .expireAfterWrite(MAX_AGE)
                .ticker(ticker)
                .buildAsync();
        this.unknown = Caffeine.newBuilder()
                .maximumSize(MOST_UNKNOWN)
                .expireAfterWrite(MAX_AGE_OF_UNKNOWN)
                .ticker(ticker)
                .build();
    }

    /** A failure is an answer too: the cache would print it to the log, once per caller of a database that is away. */
    private record Answer(
            Optional<VerifiedToken> token, @Nullable RuntimeException failure, long askedAt) {}

    /**
     * Blocks while the database is asked. Meant for virtual threads; an event loop uses {@link #verifyLater}.
     *
     * @param token the whole token's ASCII bytes; neither kept nor changed
     * @return empty for a token that opens nothing, whatever the reason
     * @throws RuntimeException the database's failure when it could not be asked
     */
    public Optional<VerifiedToken> verify(byte[] token) {
        try {
            return verifyLater(token).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Never blocks: complete at once for what is cached or malformed, completed by a virtual thread otherwise. */
    public CompletableFuture<Optional<VerifiedToken>> verifyLater(byte[] token) {
        if (!TokenText.isWellFormed(token)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        TokenHash hash = new TokenHash(hasher.hash(token));
        Answer no = unknown.getIfPresent(hash);
        if (no != null && isFresh(no, MAX_AGE_OF_UNKNOWN)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return fresh(hash).thenApply(this::atUse);
    }

    private CompletableFuture<Answer> fresh(TokenHash hash) {
        CompletableFuture<Answer> cached = known.getIfPresent(hash);
        if (cached != null) {
            if (!isStale(cached)) {
                return cached;
            }
            known.asMap().remove(hash, cached);
        }
        CompletableFuture<Answer> asked =
                known.get(hash, (wanted, _) -> CompletableFuture.supplyAsync(() -> ask(wanted), lookups));
        return asked.thenApply(answer -> sortOut(hash, answer, asked));
    }

    private Answer ask(TokenHash hash) {
        long askedAt = ticker.read();
        try {
            return new Answer(lookup.apply(hash), null, askedAt);
        } catch (RuntimeException e) {
            return new Answer(Optional.empty(), e, askedAt);
        }
    }

    /** Keeps what is known where it is, moves what is unknown to its own cache, and forgets failures. */
    private Answer sortOut(TokenHash hash, Answer answer, CompletableFuture<Answer> entry) {
        if (answer.token().isEmpty()) {
            if (answer.failure() == null) {
                unknown.put(hash, answer);
            }
            known.asMap().remove(hash, entry);
        }
        return answer;
    }

    private boolean isStale(CompletableFuture<Answer> entry) {
        return entry.isDone() && (entry.join().failure() != null || !isFresh(entry.join(), MAX_AGE));
    }

    private boolean isFresh(Answer answer, Duration maxAge) {
        return ticker.read() - answer.askedAt() < maxAge.toNanos();
    }

    private Optional<VerifiedToken> atUse(Answer answer) {
        if (answer.failure() != null) {
            throw answer.failure();
        }
        return answer.token().filter(token -> !token.isExpired(clock.instant()));
    }

    @Override
    public void close() {
        lookups.close();
    }
}
