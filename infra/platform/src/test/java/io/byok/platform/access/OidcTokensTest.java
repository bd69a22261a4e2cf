package io.byok.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.byok.kernel.TenantId;
import io.byok.platform.access.oidc.OidcSettings;
import io.byok.platform.access.oidc.OidcTokens;
import io.byok.platform.outbound.Loopback;
import io.byok.platform.outbound.Outbound;
import io.byok.platform.web.Unavailable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** JWTs of an issuer that really signs: what is believed, and everything that is not. */
class OidcTokensTest {

    private static final TenantId TENANT = new TenantId(new UUID(1, 1));
    private static final TenantId SUSPENDED = new TenantId(new UUID(1, 2));
    private static final RSAKey RSA = ScriptedIssuer.rsa("r1");
    private static final ECKey EC = ScriptedIssuer.ec("e1");
    private static final RSAKey STRANGE = ScriptedIssuer.rsa("r1"); // with the other's name

    private final ScriptedIssuer issuer = new ScriptedIssuer();
    private final Outbound outbound = Loopback.to(issuer.port());
    private final TokenVerifier tenants = new TokenVerifier(
            OidcTokensTest::hash,
            new WidgetTokens(OidcTokensTest::hash),
            text -> Optional.empty(),
            id -> Optional.empty(),
            tenant -> tenant.equals(TENANT)
                    ? Optional.of(false)
                    : tenant.equals(SUSPENDED) ? Optional.of(true) : Optional.empty(),
            Instant::now,
            System::nanoTime);
    private OidcTokens tokens = believing(null);

    private OidcTokens believing(@Nullable String fixedTenant) {
        issuer.publish(RSA.toPublicJWK(), EC.toPublicJWK());
        return new OidcTokens(
                new OidcSettings(
                        URI.create(ScriptedIssuer.ISSUER),
                        "byok",
                        null,
                        List.of("RS256", "ES256"),
                        Duration.ofSeconds(30),
                        Duration.ofHours(4),
                        fixedTenant,
                        "byok_tenant",
                        "scope",
                        "realm_access.roles",
                        Map.of("admin", List.of("tokens:write", "tenants:write"), "auditor", List.of("audit:read"))),
                outbound,
                OidcTokensTest::hash,
                tenants);
    }

    private static byte[] hash(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        tokens.close();
        tenants.close();
        outbound.close();
        issuer.close();
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ScriptedIssuer.ISSUER)
                .audience("byok")
                .subject("ada")
                .expirationTime(in(60))
                .claim("byok_tenant", TENANT.text())
                .claim("scope", "openid keys:read keys:resolve");
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static String signed(JWTClaimsSet.Builder claims) {
        return ScriptedIssuer.sign(RSA, JWSAlgorithm.RS256, claims.build());
    }

    private Recognised recognise(String token) {
        return tokens.recogniseLater(token).join();
    }

    private VerifiedToken opens(String token) {
        return ((Recognised.Opens) recognise(token)).token();
    }

    @Test
    void a_token_of_the_issuer_opens_what_its_claims_name() {
        VerifiedToken is = opens(signed(claims()));
        assertThat(is.tenant()).isEqualTo(TENANT);
        assertThat(is.scopes()).containsExactlyInAnyOrder("keys:read", "keys:resolve");
        assertThat(is.person()).isEqualTo("oidc:ada");
        assertThat(opens(ScriptedIssuer.sign(EC, JWSAlgorithm.ES256, claims().build()))
                        .tokenId())
                .isEqualTo(is.tokenId());
    }

    @Test
    void what_is_not_signed_by_the_issuer_for_us_and_now_opens_nothing() throws Exception {
        Map<String, String> bad = new LinkedHashMap<>();
        String good = signed(claims());
        String[] parts = good.split("\\.");
        bad.put("alg none", new PlainJWT(claims().build()).serialize());
        bad.put("alg none, with a signature", header("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]);
        bad.put("no signature", parts[0] + "." + parts[1] + ".");
        bad.put("wrong audience", signed(claims().audience("other")));
        bad.put("no audience", signed(claims().audience((String) null)));
        bad.put("wrong issuer", signed(claims().issuer("https://evil.example.com")));
        bad.put("issuer with a slash more", signed(claims().issuer(ScriptedIssuer.ISSUER + "/")));
        bad.put("expired", signed(claims().expirationTime(in(-31))));
        bad.put("never expires", signed(claims().expirationTime(null)));
        bad.put("not yet", signed(claims().notBeforeTime(in(60))));
        bad.put("nobody", signed(claims().subject(null)));
        bad.put("a name with a line in it", signed(claims().subject("a\nb")));
        bad.put("no tenant", signed(claims().claim("byok_tenant", null)));
        bad.put("no tenant's id", signed(claims().claim("byok_tenant", "default")));
        bad.put("an unknown tenant", signed(claims().claim("byok_tenant", new TenantId(new UUID(9, 9)).text())));
        bad.put("another key of the same name", ScriptedIssuer.sign(STRANGE, JWSAlgorithm.RS256, claims().build()));
        bad.put("an algorithm that is not pinned", ScriptedIssuer.sign(RSA, JWSAlgorithm.RS512, claims().build()));
        bad.put("RSA by a stronger name", ScriptedIssuer.sign(RSA, JWSAlgorithm.PS256, claims().build()));
        for (byte[] secret : List.of(
                RSA.toRSAPublicKey().getEncoded(),
                RSA.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
                pem(RSA.toRSAPublicKey().getEncoded()))) {
            bad.put("HS256 with the public key as the secret, " + secret.length, hs256(secret));
        }
        bad.put(
                "a key that comes along",
                ScriptedIssuer.sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .jwk(STRANGE.toPublicJWK())
                                .build(),
                        signer(STRANGE),
                        claims().build()));
        bad.put(
                "a key from elsewhere",
                ScriptedIssuer.sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .jwkURL(URI.create("https://evil.example.com/keys"))
                                .build(),
                        signer(STRANGE),
                        claims().build()));
        bad.put(
                "something critical that we do not know",
                ScriptedIssuer.sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID("r1")
                                .criticalParams(Set.of("b64x"))
                                .customParam("b64x", true)
                                .build(),
                        signer(RSA),
                        claims().build()));
        bad.put(
                "another type of token",
                ScriptedIssuer.sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID("r1")
                                .type(new JOSEObjectType("logout+jwt"))
                                .build(),
                        signer(RSA),
                        claims().build()));
        bad.put(
                "other claims under the signature",
                parts[0] + "." + signed(claims().subject("eve")).split("\\.")[1] + "." + parts[2]);
        bad.put("nonsense", "a.b.c");
        bad.put("dots", "..");
        bad.put("deep", header("[".repeat(3000)) + "." + parts[1] + "." + parts[2]);
        bad.forEach((what, token) -> assertThat(recognise(token)).as(what).isInstanceOf(Recognised.Unknown.class));
        assertThat(recognise(good)).isInstanceOf(Recognised.Opens.class);
    }

    private static JWSSigner signer(RSAKey key) throws Exception {
        return new RSASSASigner(key);
    }

    private static String header(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] pem(byte[] key) {
        return ("-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                        + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String hs256(byte[] secret) throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("r1").build();
        return ScriptedIssuer.sign(header, new MACSigner(secret), claims().build());
    }

    @Test
    void huge_tokens_are_not_looked_at() {
        String huge = signed(claims().claim("x", "y".repeat(OidcTokens.LONGEST)));
        assertThat(OidcTokens.looksLikeOne(huge)).isFalse();
        assertThat(OidcTokens.looksLikeOne(signed(claims()))).isTrue();
        assertThat(OidcTokens.looksLikeOne("byok_live_x")).isFalse();
    }

    @Test
    void a_clock_that_is_a_little_behind_is_forgiven() {
        assertThat(recognise(signed(claims().expirationTime(in(-15))))).isInstanceOf(Recognised.Opens.class);
    }

    @Test
    void roles_stand_for_the_scopes_that_the_operator_wrote_and_for_no_others() {
        VerifiedToken admin = opens(signed(
                claims().claim("scope", List.of("keys:*", "*", "tenants:write", "KEYS:RESOLVE", "users:erase "))
                        .claim("realm_access", Map.of("roles", List.of("admin", "unheard-of", 7)))));
        assertThat(admin.scopes()).containsExactlyInAnyOrder("tokens:write", "tenants:write");
        VerifiedToken nobody = opens(signed(claims().claim("scope", null)));
        assertThat(nobody.scopes()).isEmpty();
    }

    @Test
    void a_tenant_that_is_suspended_is_known_to_be() {
        assertThat(opens(signed(claims().claim("byok_tenant", SUSPENDED.text())))
                        .suspended())
                .isTrue();
    }

    @Test
    void a_fixed_tenant_is_what_the_operator_says_whatever_a_claim_says() {
        tokens.close();
        tokens = believing(TENANT.text());
        assertThat(opens(signed(claims().claim("byok_tenant", SUSPENDED.text())))
                        .tenant())
                .isEqualTo(TENANT);
    }

    @Test
    void a_new_key_of_the_issuer_is_learnt_when_a_token_names_it() {
        opens(signed(claims()));
        RSAKey next = ScriptedIssuer.rsa("r2");
        issuer.publish(next.toPublicJWK());
        assertThat(recognise(ScriptedIssuer.sign(next, JWSAlgorithm.RS256, claims().build())))
                .isInstanceOf(Recognised.Opens.class);
    }

    @Test
    void names_of_keys_that_are_not_there_do_not_make_us_ask_the_issuer_again_and_again() {
        opens(signed(claims()));
        for (int i = 0; i < 200; i++) {
            RSAKey stranger = new RSAKey.Builder(STRANGE).keyID("stranger-" + i).build();
            assertThat(recognise(ScriptedIssuer.sign(stranger, JWSAlgorithm.RS256, claims().build())))
                    .isInstanceOf(Recognised.Unknown.class);
        }
        assertThat(issuer.fetches.get()).isLessThanOrEqualTo(3);
        assertThat(recognise(signed(claims()))).isInstanceOf(Recognised.Opens.class);
    }

    @Test
    void while_the_issuer_is_away_its_known_keys_hold_and_before_they_are_known_nobody_can_tell() {
        issuer.away = true;
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> recognise(signed(claims())))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(Unavailable.class);
        }
        tokens.close();
        issuer.away = false;
        tokens = believing(null);
        opens(signed(claims()));
        issuer.away = true;
        opens(signed(claims()));
    }

    @Test
    void an_issuer_that_says_it_is_somebody_else_is_not_believed() {
        issuer.saysItIs = "https://evil.example.com";
        assertThatThrownBy(() -> recognise(signed(claims()))).hasCauseInstanceOf(Unavailable.class);
    }

    @Test
    void settings_that_make_no_sense_stop_the_start() {
        for (List<String> algorithms : List.of(List.of("HS256"), List.of("none"), List.<String>of())) {
            assertThatThrownBy(() -> settings("byok", algorithms, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> settings(null, List.of("RS256"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        for (String scope : List.of("*", "keys:*", "keys")) {
            assertThatThrownBy(() -> settings("byok", List.of("RS256"), Map.of("admin", List.of(scope))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static OidcSettings settings(
            @Nullable String audience, List<String> algorithms, Map<String, List<String>> roles) {
        return new OidcSettings(
                URI.create(ScriptedIssuer.ISSUER),
                audience,
                null,
                algorithms,
                Duration.ofSeconds(30),
                Duration.ofHours(4),
                null,
                "t",
                "s",
                "r",
                roles);
    }
}
