package io.byok.platform.access;

import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.access.Confinement;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token stands for.
 *
 * @param expiresAt from when on it opens nothing, absent when never
 * @param within what it may reach beyond its scopes
 * @param networks those of {@code within}, read once
 * @param suspended whether the whole tenant may do nothing now
 * @param revoked whether it opens nothing any more
 * @param person who an issuer says it is, such as {@code oidc:248289761001}; absent for a token of ours
 */
public record VerifiedToken(
        TenantId tenant,
        TokenId tokenId,
        Set<String> scopes,
        @Nullable Instant expiresAt,
        Confinement within,
        List<Network> networks,
        boolean suspended,
        boolean revoked,
        @Nullable String person) {

    public VerifiedToken {
        scopes = Set.copyOf(scopes);
        networks = List.copyOf(networks);
    }

    /** @throws IllegalArgumentException when a network is none: nobody stores such */
    public VerifiedToken(
            TenantId tenant,
            TokenId tokenId,
            Set<String> scopes,
            @Nullable Instant expiresAt,
            Confinement within,
            boolean suspended,
            boolean revoked) {
        this(tenant, tokenId, scopes, expiresAt, within, networks(within), suspended, revoked, null);
    }

    /** Not confined, not revoked, of a tenant that is not suspended. */
    public VerifiedToken(TenantId tenant, TokenId tokenId, Set<String> scopes, @Nullable Instant expiresAt) {
        this(tenant, tokenId, scopes, expiresAt, Confinement.NONE, List.of(), false, false, null);
    }

    /** Somebody an issuer vouches for, until it is known whether there is such a tenant. */
    public static VerifiedToken person(TenantId tenant, TokenId id, Set<String> scopes, String person) {
        return new VerifiedToken(tenant, id, scopes, null, Confinement.NONE, List.of(), false, false, person);
    }

    VerifiedToken inTenant(boolean nowSuspended) {
        return new VerifiedToken(tenant, tokenId, scopes, expiresAt, within, networks, nowSuspended, revoked, person);
    }

    private static List<Network> networks(Confinement within) {
        return within.networks().stream()
                .map(text -> Network.parse(text).orElseThrow(() -> new IllegalArgumentException("no network")))
                .toList();
    }

    /** @param from absent when it is not known: then nothing that names networks may come from there */
    public boolean mayComeFrom(@Nullable InetAddress from) {
        return networks.isEmpty() || from != null && networks.stream().anyMatch(network -> network.contains(from));
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
