package io.byok.testkit;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.crypto.Cipher;

/** What Vault's and OpenBao's Transit engine does with derived AES-256-GCM keys. */
public final class ScriptedTransit extends ScriptedEndpoint {

    public static final String TOKEN = "s.scripted-token";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, ScriptedKey> keys = new ConcurrentHashMap<>();

    /** With the keys of both chains, one version each. */
    public ScriptedTransit() {
        super("application/json");
        rotate("byok-events");
        rotate("byok-credentials");
    }

    /** As an operator does. */
    public void rotate(String key) {
        byte[] fresh = new byte[32];
        RANDOM.nextBytes(fresh);
        ScriptedKey rotated = keys.computeIfAbsent(key, _ -> new ScriptedKey());
        synchronized (rotated) {
            rotated.versions.put(rotated.versions.isEmpty() ? 1 : rotated.versions.lastKey() + 1, fresh);
        }
    }

    /** Makes a key that is no fit root. */
    public void spoil(String key, boolean derived, boolean exportable) {
        ScriptedKey spoilt = Objects.requireNonNull(keys.get(key), key);
        spoilt.derived = derived;
        spoilt.exportable = exportable;
    }

    @Override
    Reply refusal(Mood bad) {
        return switch (bad) {
            case THROTTLING -> new Reply(429, "{\"errors\":[\"request rate limit exceeded\"]}");
            case FAILING -> new Reply(500, "{\"errors\":[\"1 error occurred: internal error\"]}");
            case SEALED -> new Reply(503, "{\"errors\":[\"Vault is sealed\"]}");
            case WELL, HANGING, GARBAGE, WRONG_TOKEN -> new Reply(403, "{\"errors\":[\"permission denied\"]}");
        };
    }

    @Override
    Reply reply(Call call) {
        return TOKEN.equals(call.header("X-Vault-Token"))
                ? reply(call.path().substring("/v1/transit/".length()), call)
                : refusal(Mood.WRONG_TOKEN);
    }

    private Reply reply(String path, Call call) {
        String[] words = path.split("/");
        ScriptedKey key = keys.get(words[1]);
        if (key == null) {
            return new Reply(404, "{\"errors\":[]}");
        }
        synchronized (key) {
            try {
                return switch (words[0] + (words.length > 2 ? "/" + words[2] : "")) {
                    case "keys" -> facts(key);
                    case "keys/rotate" -> {
                        rotate(words[1]);
                        yield new Reply(204, "");
                    }
                    case "keys/config" -> {
                        key.oldest = Integer.parseInt(call.field("min_decryption_version"));
                        yield new Reply(204, "");
                    }
                    case "keys/trim" -> {
                        key.versions
                                .headMap(Integer.parseInt(call.field("min_available_version")))
                                .clear();
                        yield new Reply(204, "");
                    }
                    case "encrypt" -> ciphertext(key, call, Base64.getDecoder().decode(call.field("plaintext")));
                    case "decrypt" ->
                        opened(
                                key,
                                call,
                                plain -> new Reply(
                                        200,
                                        "{\"data\":{\"plaintext\":\""
                                                + Base64.getEncoder().encodeToString(plain) + "\"}}"));
                    case "rewrap" -> opened(key, call, plain -> ciphertext(key, call, plain));
                    default -> new Reply(404, "{\"errors\":[]}");
                };
            } catch (RuntimeException wrong) {
                return new Reply(400, "{\"errors\":[\"bad request\"]}");
            }
        }
    }

    private static Reply facts(ScriptedKey key) {
        return new Reply(200, """
                {"data":{"type":"aes256-gcm96","derived":%s,"exportable":%s,"allow_plaintext_backup":false,\
                "latest_version":%d,"min_available_version":%d,"min_decryption_version":%d}}""".formatted(
                        key.derived,
                        key.exportable,
                        key.versions.lastKey(),
                        key.versions.firstKey() == 1 ? 0 : key.versions.firstKey(),
                        key.oldest));
    }

    private static Reply ciphertext(ScriptedKey key, Call call, byte[] plain) {
        String asked = call.field("key_version");
        int version = asked.isEmpty() ? key.versions.lastKey() : Integer.parseInt(asked);
        byte[] nonce = new byte[12];
        RANDOM.nextBytes(nonce);
        byte[] sealed = DerivedAes.run(
                Cipher.ENCRYPT_MODE,
                Objects.requireNonNull(key.versions.get(version)),
                call.field("context"),
                nonce,
                plain);
        byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
        return new Reply(
                200,
                "{\"data\":{\"ciphertext\":\"vault:v" + version + ":"
                        + Base64.getEncoder().encodeToString(whole) + "\",\"key_version\":" + version + "}}");
    }

    private static Reply opened(ScriptedKey key, Call call, Function<byte[], Reply> next) {
        String[] parts = call.field("ciphertext").split(":");
        int version = Integer.parseInt(parts[1].substring(1));
        if (version < key.oldest || !key.versions.containsKey(version)) {
            return new Reply(
                    400, "{\"errors\":[\"ciphertext or signature version is disallowed by policy (too old)\"]}");
        }
        byte[] whole = Base64.getDecoder().decode(parts[2]);
        byte[] plain;
        try {
            plain = DerivedAes.run(
                    Cipher.DECRYPT_MODE,
                    key.versions.get(version),
                    call.field("context"),
                    Arrays.copyOf(whole, 12),
                    Arrays.copyOfRange(whole, 12, whole.length));
        } catch (IllegalStateException doesNotOpen) {
            return new Reply(400, "{\"errors\":[\"cipher: message authentication failed\"]}");
        }
        return next.apply(plain);
    }
}
