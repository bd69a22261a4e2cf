package io.byok.e2e;

import io.byok.command.provider.CredentialField;
import io.byok.command.provider.CredentialForm;
import io.byok.command.provider.Provider;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A credential with everything that a form takes; each secret is a random one. */
final class SampleCredential {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /** One pair for all: making one takes long, and it signs nothing but these tests. */
    static final KeyPair RSA = rsa();

    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> secrets;

    private SampleCredential(Provider provider, CredentialForm form) {
        List<CredentialField> fields = Stream.concat(form.requires().stream(), form.allows().stream())
                .map(name -> provider.field(name).orElseThrow())
                .toList();
        fields.forEach(field -> values.put(field.name(), value(provider, field)));
        secrets = fields.stream()
                .filter(CredentialField::secret)
                .map(field -> value(field.name()))
                .toList();
    }

    static SampleCredential of(Provider provider, CredentialForm form) {
        return new SampleCredential(provider, form);
    }

    private static String value(Provider provider, CredentialField field) {
        return switch (field.format()) {
            case TEXT -> Credentials.random(LETTERS, Math.min(48, field.longest()));
            case PEM ->
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(RSA.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n";
            case HOST_LABEL -> "eu-central-1";
            case ENDPOINT ->
                "https://" + provider.allowedHosts().getFirst().text().replace("*", "acme");
        };
    }

    String json() {
        return JsonMapper.shared().writeValueAsString(values);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String value(String name) {
        return String.valueOf(values.get(name));
    }

    List<String> secrets() {
        return secrets;
    }

    /** A text of the catalogue with the values in place of {@code {name}} and {@code {+name}}. */
    String expand(String template) {
        String text = template;
        for (Map.Entry<String, String> one : values.entrySet()) {
            text = text.replace("{" + one.getKey() + "}", one.getValue())
                    .replace("{+" + one.getKey() + "}", one.getValue());
        }
        return text;
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
