package io.byok.platform.access;

import com.github.benmanes.caffeine.cache.Ticker;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.access.Confinement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

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
 */
public final class TokenVerifier implements AutoCloseable {

    /** How long an answer may be reused. */
    public static final Duration MAX_AGE = Duration.ofMillis(800);

    private final TokenHasher hasher;
    private final FreshTokens<TokenHash, VerifiedToken> byText;
    private final FreshTokens<TokenId, VerifiedToken> byId;
    private final FreshTokens<TenantId, Boolean> suspended;
    private final WidgetTokens widgets;
    private final InstantSource clock;
    private final ExecutorService lookups = Executors.newVirtualThreadPerTaskExecutor();

    public TokenVerifier(TokenHasher hasher, WidgetTokens widgets, DataSource database, InstantSource clock) {
        this(
                hasher,
                widgets,
                (TokenHash hash) -> new TokenRows(database).find(hash),
                (TokenId id) -> new TokenRows(database).find(id),
                (TenantId tenant) -> new TokenRows(database).suspended(tenant),
                clock,
                Ticker.systemTicker());
    }

    TokenVerifier(
            TokenHasher hasher,
            WidgetTokens widgets,
            Function<TokenHash, Optional<VerifiedToken>> lookup,
            Function<TokenId, Optional<VerifiedToken>> lookupById,
            Function<TenantId, Optional<Boolean>> lookupTenant,
            InstantSource clock,
            Ticker ticker) {
        this.hasher = hasher;
        this.clock = clock;
        this.widgets = widgets;
        this.byText = new FreshTokens<>(lookup, MAX_AGE, ticker, lookups);
        this.byId = new FreshTokens<>(lookupById, MAX_AGE, ticker, lookups);
        this.suspended = new FreshTokens<>(lookupTenant, MAX_AGE, ticker, lookups);
    }

    /**
     * Blocks while the database is asked. Meant for virtual threads; an event loop uses {@link #recogniseLater}.
     *
     * @param token the whole token's ASCII bytes; neither kept nor changed
     * @return empty for a token that opens nothing, whatever the reason
     * @throws RuntimeException the database's failure when it could not be asked
     */
    public Optional<VerifiedToken> verify(byte[] token) {
        try {
            return Optional.ofNullable(recogniseLater(token).join().opening());
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Never blocks: complete at once for what is cached or malformed, completed by a virtual thread otherwise. */
    public CompletableFuture<Recognised> recogniseLater(byte[] token) {
        if (WidgetTokens.isWellFormed(token)) {
            return widgets.open(token)
                    .map(claims -> byId.find(claims.parent()).thenApply(parent -> widget(claims, parent)))
                    .orElseGet(() -> CompletableFuture.completedFuture(new Recognised.Unknown()));
        }
        if (!TokenText.isWellFormed(token)) {
            return CompletableFuture.completedFuture(new Recognised.Unknown());
        }
        return byText.find(new TokenHash(hasher.hash(token))).thenApply(this::atUse);
    }

    /** For somebody an issuer vouches for: whether there is such a tenant, and whether it may do anything. */
    public CompletableFuture<Recognised> recogniseLater(VerifiedToken claimed) {
        return suspended
                .find(claimed.tenant())
                .thenApply(known -> known.<Recognised>map(is -> new Recognised.Opens(claimed.inTenant(is)))
                        .orElseGet(Recognised.Unknown::new));
    }

    /** Whatever ends the token that made it ends the widget's: its revocation, its expiry, its tenant's suspension. */
    private Recognised widget(WidgetTokens.Claims claims, Optional<VerifiedToken> parent) {
        return parent.filter(maker -> maker.tenant().equals(claims.tenant()))
                .map(maker -> atUse(Optional.of(new VerifiedToken(
                        claims.tenant(),
                        claims.token(),
                        claims.scopes().stream()
                                .filter(maker.scopes()::contains)
                                .collect(Collectors.toSet()),
                        maker.isExpired(claims.expiresAt()) ? maker.expiresAt() : claims.expiresAt(),
                        // The maker's networks are those of a server; a browser is anywhere.
                        new Confinement(List.of(claims.user()), maker.within().providers(), List.of()),
                        maker.suspended(),
                        maker.revoked()))))
                .orElseGet(Recognised.Unknown::new);
    }

    private Recognised atUse(Optional<VerifiedToken> found) {
        if (found.isEmpty()) {
            return new Recognised.Unknown();
        }
        VerifiedToken token = found.get();
        if (token.revoked()) {
            return new Recognised.Over(token, Recognised.Why.REVOKED);
        }
        return token.isExpired(clock.instant())
                ? new Recognised.Over(token, Recognised.Why.EXPIRED)
                : new Recognised.Opens(token);
    }

    @Override
    public void close() {
        lookups.close();
    }
}
