package io.byok.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.byok.command.provider.AuthScheme;
import io.byok.e2e.ScriptedProvider.Asked;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks, as the provider would, that a call proves who makes it. Written from the standards, not from the server. */
final class Proofs {

    private Proofs() {}

    static void check(AuthScheme scheme, SampleCredential credential, List<Asked> asked) {
        Asked call = asked.getLast();
        String authorization = call.header("Authorization");
        switch (scheme) {
            case AuthScheme.Bearer bearer ->
                assertThat(authorization).isEqualTo("Bearer " + credential.value(bearer.field()));
            case AuthScheme.Token token ->
                assertThat(authorization).isEqualTo("Token " + credential.value(token.field()));
            case AuthScheme.Header header ->
                assertThat(call.header(header.name())).isEqualTo(credential.value(header.field()));
            case AuthScheme.Basic basic ->
                assertThat(authorization)
                        .isEqualTo("Basic "
                                + Base64.getEncoder()
                                        .encodeToString((credential.value(basic.username()) + ":"
                                                        + credential.value(basic.password()))
                                                .getBytes(UTF_8)));
            case AuthScheme.AwsSigV4 sigV4 -> awsSignature(sigV4, credential, call);
            case AuthScheme.SignedJwt jwt -> signedToken(jwt, credential, authorization);
            case AuthScheme.ClientCredentials grant -> {
                Asked first = asked.getFirst();
                assertThat("https://" + first.host() + first.uri().getPath())
                        .isEqualTo(credential.expand(grant.tokenUrl().text()));
                assertThat(first.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
                assertThat(first.body().split("&"))
                        .contains(
                                "grant_type=client_credentials",
                                "client_id=" + credential.value(grant.clientId()),
                                "client_secret=" + credential.value(grant.clientSecret()),
                                "scope=" + URLEncoder.encode(String.valueOf(grant.scope()), UTF_8));
                assertThat(authorization).isEqualTo("Bearer " + ScriptedProvider.ACCESS_TOKEN);
            }
        }
    }

    /** AWS Signature Version 4, from the request as it came in. */
    private static void awsSignature(AuthScheme.AwsSigV4 scheme, SampleCredential credential, Asked call) {
        String authorization = call.header("Authorization");
        assertThat(authorization).startsWith("AWS4-HMAC-SHA256 ");
        String given = part(authorization, "Credential=");
        String[] scope = given.split("/");
        assertThat(scope)
                .containsExactly(
                        credential.value(scheme.accessKeyId()),
                        call.header("X-Amz-Date").substring(0, 8),
                        credential.value(scheme.region()),
                        scheme.service(),
                        "aws4_request");
        String session = scheme.sessionToken();
        if (session != null && credential.has(session)) {
            assertThat(call.header("X-Amz-Security-Token")).isEqualTo(credential.value(session));
        }
        String signed = part(authorization, "SignedHeaders=");
        String headers = Stream.of(signed.split(";"))
                .map(name -> name + ":" + call.header(name).strip() + "\n")
                .collect(Collectors.joining());
        String query = Stream.of(call.uri().getRawQuery().split("&")).sorted().collect(Collectors.joining("&"));
        String canonical = String.join(
                "\n", call.method(), call.uri().getRawPath(), query, headers, signed, hex(sha256(call.body())));
        String toSign = String.join(
                "\n",
                "AWS4-HMAC-SHA256",
                call.header("X-Amz-Date"),
                given.substring(given.indexOf('/') + 1),
                hex(sha256(canonical)));
        byte[] key = ("AWS4" + credential.value(scheme.secretAccessKey())).getBytes(UTF_8);
        for (int i = 1; i < scope.length; i++) {
            key = hmac(key, scope[i]);
        }
        assertThat(part(authorization, "Signature=")).isEqualTo(hex(hmac(key, toSign)));
    }

    private static void signedToken(AuthScheme.SignedJwt scheme, SampleCredential credential, String authorization) {
        String[] parts = authorization.replaceFirst("^Bearer ", "").split("\\.");
        JsonNode claims = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(claims.path("application_id").asString()).isEqualTo(credential.value(scheme.subject()));
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isBetween(1L, 300L);
        assertThat(Instant.ofEpochSecond(claims.path("iat").asLong()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(5));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(SampleCredential.RSA.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
            assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2])))
                    .isTrue();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String part(String authorization, String name) {
        String from = authorization.substring(authorization.indexOf(name) + name.length());
        return from.contains(",") ? from.substring(0, from.indexOf(',')) : from;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).toLowerCase(Locale.ROOT);
    }
}
