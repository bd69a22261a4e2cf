package io.byok.platform.seal.transit;

import io.byok.platform.seal.SealBroken;
import io.byok.platform.seal.root.RemoteTrouble;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads Transit's answers. What it says about a ciphertext is a {@link SealBroken} when it says that it does not
 * authenticate, and trouble otherwise: a missing permission or a trimmed version is no tampering. What it says to us
 * stays out of messages, but for the status.
 */
final class TransitAnswer {

    private static final ObjectMapper JSON = JsonMapper.shared();

    private TransitAnswer() {}

    /** @param oldest the oldest version that may decrypt */
    record KeyFacts(boolean derived, boolean exportable, boolean plaintextBackup, int oldest, int latest) {}

    static KeyFacts key(TransitHttp.Answer answer) {
        JsonNode key = data(answer);
        int latest = key.path("latest_version").asInt(0);
        int oldest = Math.max(
                Math.max(1, key.path("min_decryption_version").asInt(1)),
                key.path("min_available_version").asInt(0));
        if (latest < oldest) {
            throw garbage();
        }
        return new KeyFacts(
                key.path("derived").asBoolean(false),
                key.path("exportable").asBoolean(true),
                key.path("allow_plaintext_backup").asBoolean(true),
                oldest,
                latest);
    }

    static String ciphertext(TransitHttp.Answer answer) {
        return data(answer).path("ciphertext").asString("");
    }

    /** Decoded from the bytes of the answer, in an array of the caller's. */
    static byte[] plaintext(TransitHttp.Answer answer) {
        done(answer);
        try (JsonParser parser = JSON.createParser(answer.body())) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.PROPERTY_NAME
                        && "plaintext".equals(parser.currentName())
                        && parser.nextToken() == JsonToken.VALUE_STRING) {
                    return parser.getBinaryValue();
                }
            }
        } catch (JacksonException malformed) {
            throw garbage(); // the cause may quote the answer
        }
        throw garbage();
    }

    static void done(TransitHttp.Answer answer) {
        int status = answer.status();
        if (status == 200 || status == 204) {
            return;
        }
        if (status == 400 && doesNotOpen(answer)) {
            throw new SealBroken();
        }
        String what = "answers " + status;
        throw status >= 500 || status == 429 || status == 412 || status == 472 || status == 473
                ? RemoteTrouble.passing(what, null)
                : RemoteTrouble.lasting(what);
    }

    private static boolean doesNotOpen(TransitHttp.Answer answer) {
        try {
            for (JsonNode error : JSON.readTree(answer.body()).path("errors")) {
                String text = error.asString("").toLowerCase(Locale.ROOT);
                if (text.contains("message authentication failed") || text.contains("invalid ciphertext")) {
                    return true;
                }
            }
            return false;
        } catch (JacksonException malformed) {
            throw garbage();
        }
    }

    private static JsonNode data(TransitHttp.Answer answer) {
        done(answer);
        try {
            JsonNode data = JSON.readTree(answer.body()).path("data");
            if (data.isObject()) {
                return data;
            }
        } catch (JacksonException malformed) {
            throw garbage();
        }
        throw garbage();
    }

    private static RemoteTrouble garbage() {
        return RemoteTrouble.passing("its answer makes no sense", null);
    }
}
