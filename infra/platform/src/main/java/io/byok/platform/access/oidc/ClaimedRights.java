package io.byok.platform.access.oidc;

import io.byok.kernel.TenantId;
import io.byok.platform.web.Scopes;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What claims are taken to say. A scope is held when a claim names it, letter by letter, or when the operator wrote it to
 * a role that a claim names. To operate the platform takes a role: scopes are for clients to ask for, roles are not.
 */
final class ClaimedRights {

    private final OidcSettings settings;

    ClaimedRights(OidcSettings settings) {
        this.settings = settings;
    }

    /** Empty when no tenant is named: then nothing is opened. */
    Optional<TenantId> tenant(Map<String, Object> claims) {
        String fixed = settings.tenant();
        Object named = fixed == null ? find(claims, settings.tenantClaim()) : fixed;
        return named instanceof String text ? TenantId.parse(text) : Optional.empty();
    }

    Set<String> scopes(Map<String, Object> claims) {
        Set<String> scopes = new TreeSet<>(words(find(claims, settings.scopeClaim())));
        scopes.retainAll(Scopes.ALL);
        scopes.remove(Scopes.TENANTS_WRITE);
        Map<String, List<String>> roles = Objects.requireNonNull(settings.roles(), "never absent once made");
        words(find(claims, settings.rolesClaim())).forEach(role -> scopes.addAll(roles.getOrDefault(role, List.of())));
        return scopes;
    }

    private static List<String> words(@Nullable Object claim) {
        return switch (claim) {
            case String text -> Arrays.asList(text.split(" "));
            case Collection<?> many ->
                many.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            case null, default -> List.of();
        };
    }

    /** By its name, which may hold dots; otherwise by a path. */
    private static @Nullable Object find(Map<?, ?> claims, String name) {
        if (claims.containsKey(name)) {
            return claims.get(name);
        }
        int dot = name.indexOf('.');
        return dot > 0 && claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
                ? find(inner, name.substring(dot + 1))
                : null;
    }
}
