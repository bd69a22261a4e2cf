package io.byok.platform.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.platform.access.Recognised;
import io.byok.platform.access.TokenHasher;
import io.byok.platform.access.TokenVerifier;
import io.byok.platform.access.VerifiedToken;
import io.byok.platform.outbound.Outbound;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.Unavailable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Recognises the JWTs of one issuer. Believed is what is signed by one of its keys with a pinned public-key algorithm,
 * names this server as its audience and the issuer letter by letter, has not expired, and says whose it is. Everything
 * else is nobody's, and no difference is told. Verified anew each time, on a thread that may wait; nothing is remembered
 * but the issuer's keys.
 */
public final class OidcTokens implements AutoCloseable {

    /** The longest token that is looked at. */
    public static final int LONGEST = 8 * 1024;

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Pattern SUBJECT = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final IssuerKeys keys;
    private final ClaimedRights rights;
    private final TokenHasher names;
    private final TokenVerifier tenants;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final ExecutorService verifiers = Executors.newVirtualThreadPerTaskExecutor();

    /** @param names gives a person an id that tells nothing of them */
    public OidcTokens(OidcSettings settings, Outbound outbound, TokenHasher names, TokenVerifier tenants) {
        this.keys = new IssuerKeys(settings, outbound);
        this.rights = new ClaimedRights(settings);
        this.names = names;
        this.tenants = tenants;
        Set<JWSAlgorithm> believed =
                settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(believed, keys.source()));
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                settings.audience(),
                new JWTClaimsSet.Builder()
                        .issuer(settings.requireIssuer().toString())
                        .build(),
                Set.of("exp", "sub"));
        claims.setMaxClockSkew((int) settings.clockSkew().toSeconds());
        processor.setJWTClaimsSetVerifier(claims);
    }

    /** Whether it may be a JWT; says nothing of who made it. */
    public static boolean looksLikeOne(String text) {
        return text.length() <= LONGEST && text.chars().filter(c -> c == '.').count() == 2;
    }

    /** Never blocks. Fails with {@link Unavailable} while the issuer's keys are not known. */
    public CompletableFuture<Recognised> recogniseLater(String text) {
        return CompletableFuture.supplyAsync(() -> verify(text), verifiers)
                .thenCompose(claimed -> claimed.map(tenants::recogniseLater)
                        .orElseGet(() -> CompletableFuture.completedFuture(new Recognised.Unknown())));
    }

    private Optional<VerifiedToken> verify(String text) {
        try {
            return claimed(processor.process(text, null));
        } catch (RateLimitReachedException often) {
            return unlessUnavailable(keys.known());
        } catch (KeySourceException away) {
            return unlessUnavailable(false);
        } catch (BadJOSEException | JOSEException | ParseException | RuntimeException nobodys) {
            return Optional.empty();
        }
    }

    private static Optional<VerifiedToken> unlessUnavailable(boolean known) {
        if (known) {
            return Optional.empty();
        }
        throw new Unavailable(ProblemCode.ISSUER_UNAVAILABLE, SOON);
    }

    private Optional<VerifiedToken> claimed(JWTClaimsSet claims) {
        Optional<TenantId> tenant = rights.tenant(claims.getClaims());
        String subject = claims.getSubject();
        Date until = claims.getExpirationTime();
        if (tenant.isEmpty()
                || until == null
                || subject == null
                || !SUBJECT.matcher(subject).matches()) {
            return Optional.empty();
        }
        byte[] name = names.hash(("oidc\n" + claims.getIssuer() + "\n" + subject).getBytes(StandardCharsets.UTF_8));
        ByteBuffer id = ByteBuffer.wrap(name);
        return Optional.of(VerifiedToken.person(
                tenant.get(),
                new TokenId(new UUID(id.getLong(), id.getLong())),
                rights.scopes(claims.getClaims()),
                "oidc:" + subject));
    }

    @Override
    public void close() {
        verifiers.close();
    }
}
