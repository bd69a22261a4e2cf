package io.byok.platform.access;

import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token that was neither revoked nor expired stands for.
 *
 * @param expiresAt from when on it opens nothing, absent when never
 * @param suspended whether the whole tenant may do nothing now
 */
public record VerifiedToken(
        TenantId tenant,
        TokenId tokenId,
        Set<String> scopes,
        @Nullable Instant expiresAt,
        boolean suspended) {

    public VerifiedToken {
        scopes = Set.copyOf(scopes);
    }

    /** Of a tenant that is not suspended. */
    public VerifiedToken(TenantId tenant, TokenId tokenId, Set<String> scopes, @Nullable Instant expiresAt) {
        this(tenant, tokenId, scopes, expiresAt, false);
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
