package io.byok.platform.access.oidc;

import io.byok.kernel.TenantId;
import io.byok.platform.web.Scopes;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose JWTs are believed, and what they are taken to say. What makes no sense stops the start.
 *
 * @param issuer the {@code iss} to be found in every token, an https address; absent for none
 * @param audience the {@code aud} that stands for this server; needed with an issuer
 * @param jwksUri where the issuer's keys are; what its discovery document says when absent
 * @param algorithms signatures that are believed; only such with a public key
 * @param clockSkew how far the issuer's clock may be from ours, a minute at most
 * @param keysKept how long keys are believed while the issuer is away
 * @param tenant the tenant of every token, by its id; absent to take it from a claim
 * @param tenantClaim the claim that names the tenant by its id
 * @param scopeClaim the claim that holds scopes, a list or one string with blanks
 * @param rolesClaim the claim that holds roles, a list; a path with dots reaches into objects
 * @param roles the scopes that a role stands for, each by its name: there are no patterns
 */
@ConfigurationProperties("byok.oidc")
public record OidcSettings(
        @Nullable URI issuer,
        @Nullable String audience,
        @Nullable URI jwksUri,
        @DefaultValue({"RS256", "ES256"}) List<String> algorithms,
        @DefaultValue("30s") Duration clockSkew,
        @DefaultValue("4h") Duration keysKept,
        @Nullable String tenant,
        @DefaultValue("byok_tenant") String tenantClaim,
        @DefaultValue("scope") String scopeClaim,
        @DefaultValue("roles") String rolesClaim,
        @Nullable Map<String, List<String>> roles) {

    private static final Set<String> PUBLIC_KEY =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");
    private static final Duration LONGEST_SKEW = Duration.ofMinutes(1);

    public OidcSettings {
        algorithms = List.copyOf(algorithms);
        roles = roles == null ? Map.of() : Map.copyOf(roles);
        if (issuer != null) {
            check("https".equals(issuer.getScheme()) && issuer.getHost() != null, "issuer must be an https address");
            check(audience != null && !audience.isBlank(), "audience is needed: tokens for others must not open us");
            check(
                    jwksUri == null || "https".equals(jwksUri.getScheme()) && jwksUri.getHost() != null,
                    "jwks-uri must be an https address");
            check(
                    !algorithms.isEmpty() && PUBLIC_KEY.containsAll(algorithms),
                    "algorithms are some of " + PUBLIC_KEY.stream().sorted().toList());
            check(
                    !clockSkew.isNegative() && clockSkew.compareTo(LONGEST_SKEW) <= 0,
                    "clock-skew is from 0s to " + LONGEST_SKEW.toSeconds() + "s");
            check(tenant == null || TenantId.parse(tenant).isPresent(), "tenant is a tenant's id, such as ten_...");
            roles.forEach((role, scopes) ->
                    check(Scopes.ALL.containsAll(scopes), "roles." + role + " names a scope that there is not"));
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("byok.oidc." + what);
        }
    }

    URI requireIssuer() {
        return Objects.requireNonNull(issuer, "asked for only where there is one");
    }
}
