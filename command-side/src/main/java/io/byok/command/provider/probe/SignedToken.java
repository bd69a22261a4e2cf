package io.byok.command.provider.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.byok.command.provider.AuthScheme;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** A token of one minute, signed with the credential's own RSA key (RFC 7519, RS256), as Vonage's applications use it. */
final class SignedToken {

    private static final long SECONDS = 60;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Clock clock;

    SignedToken(Clock clock) {
        this.clock = clock;
    }

    /** @throws UnusableKey when the field holds no PKCS #8 RSA key in PEM: no provider would take it either */
    String make(AuthScheme.SignedJwt scheme, Fields fields) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("application_id", fields.exposeForCall(scheme.subject()));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + SECONDS);
        claims.put("jti", UUID.randomUUID().toString());
        String text = part(Map.of("alg", "RS256", "typ", "JWT")) + "." + part(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key(fields.exposeForCall(scheme.privateKey())));
            signature.update(text.getBytes(UTF_8));
            return text + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            throw new UnusableKey();
        }
    }

    private static String part(Map<String, Object> json) {
        return BASE64.encodeToString(JSON.writeValueAsBytes(json));
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        String base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    /** A private key that is none. */
    static final class UnusableKey extends RuntimeException {

        @java.io.Serial
        private static final long serialVersionUID = 1L;

        UnusableKey() {
            super("the private key cannot be used", null, false, false);
        }
    }
}
