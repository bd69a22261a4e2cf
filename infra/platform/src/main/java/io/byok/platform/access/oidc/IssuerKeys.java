package io.byok.platform.access.oidc;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import io.byok.platform.outbound.Outbound;
import io.byok.platform.outbound.OutboundAnswer;
import io.byok.platform.outbound.OutboundCall;
import io.byok.platform.outbound.OutboundFailed;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The issuer's public keys. Fetched over https from the issuer's own host, or the one that the operator names, and from no
 * other; kept for five minutes; looked for again when a token names one that is not known, but no more than twice in half
 * a minute, whatever tokens come in; believed for a bounded time while the issuer is away.
 */
final class IssuerKeys implements ResourceRetriever {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration WAIT = Duration.ofSeconds(6);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN = Duration.ofSeconds(30);
    private static final int LARGEST = 256 * 1024;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final OidcSettings settings;
    private final Outbound outbound;
    private final JWKSource<SecurityContext> source;
    private @Nullable URI discovered;
    private volatile boolean known;

    IssuerKeys(OidcSettings settings, Outbound outbound) {
        this.settings = settings;
        this.outbound = outbound;
        try {
            this.source = JWKSourceBuilder.<SecurityContext>create(
                            settings.requireIssuer().toURL(), this)
                    .cache(FRESH.toMillis(), WAIT.toMillis())
                    .refreshAheadCache(false)
                    .rateLimited(BETWEEN.toMillis())
                    .outageTolerant(settings.keysKept().toMillis())
                    .build();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new IllegalStateException("byok.oidc.issuer is no address", e);
        }
    }

    JWKSource<SecurityContext> source() {
        return source;
    }

    /** Whether the issuer was ever heard: before, nobody can tell a good token from a bad one. */
    boolean known() {
        return known;
    }

    @Override
    public Resource retrieveResource(URL issuer) throws IOException {
        Resource keys = new Resource(get(address()), "application/jwk-set+json");
        known = true;
        return keys;
    }

    private synchronized URI address() throws IOException {
        if (settings.jwksUri() != null) {
            return settings.jwksUri();
        }
        if (discovered == null) {
            URI issuer = settings.requireIssuer();
            String base = issuer.toString().replaceAll("/$", "");
            discovered = jwksUri(issuer, get(URI.create(base + "/.well-known/openid-configuration")));
        }
        return discovered;
    }

    private static URI jwksUri(URI issuer, String document) throws IOException {
        try {
            JsonNode said = JSON.readTree(document);
            URI keys = URI.create(said.path("jwks_uri").asString(""));
            if (issuer.toString().equals(said.path("issuer").asString(""))
                    && issuer.getHost().equals(keys.getHost())) {
                return keys;
            }
        } catch (JacksonException | IllegalArgumentException nonsense) {
            // said below
        }
        throw new IOException("the discovery document is not this issuer's, or its keys are on another host:"
                + " set byok.oidc.jwks-uri");
    }

    private String get(URI address) throws IOException {
        OutboundCall call = new OutboundCall("GET", address, List.of(Map.entry("Accept", "application/json")), null);
        try {
            OutboundAnswer answer = outbound.send(call, address.getHost()::equals, PATIENCE, LARGEST);
            if (answer.status() == 200 && answer.body().length < LARGEST) {
                return new String(answer.body(), StandardCharsets.UTF_8);
            }
            throw new IOException("the issuer answered " + answer.status());
        } catch (OutboundFailed failed) {
            throw new IOException("the issuer cannot be reached", failed);
        }
    }
}
