package io.byok.command.vault;

import io.byok.platform.web.BadRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Reads a credential from a JSON object of strings, without a String ever holding a value: characters go from the
 * parser's buffer into bytes that can be wiped, and the buffer is overwritten. What the web server buffered before is
 * beyond reach.
 *
 * <p>Refuses everything else, naming the field and never the value.
 */
public final class CredentialIntake extends ValueDeserializer<Credential> {

    /** No provider asks for more fields, and none for a longer one: the longest known is a private key in PEM. */
    static final int MOST_FIELDS = 16;

    static final int MOST_CHARACTERS = 16 * 1024;

    private static final int LONGEST_NAME = 64;

    private static final String CODE = "credential-invalid";
    private static final String PLACE = "/credential";
    /** What cannot be a key that slipped into a name's place. */
    private static final Pattern HARMLESS_NAME = Pattern.compile("[A-Za-z_]{1,32}");

    @Override
    public Credential deserialize(JsonParser json, DeserializationContext context) {
        if (!json.isExpectedStartObjectToken()) {
            throw refused(json, "a credential is an object of strings");
        }
        Map<String, SecretBytes> fields = new LinkedHashMap<>();
        try {
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                // Checked first, so that no refusal below repeats a long or strange name to a log.
                if (name.isEmpty() || name.length() > LONGEST_NAME) {
                    throw refused(json, "a credential's field names have 1 to " + LONGEST_NAME + " characters");
                }
                if (fields.size() == MOST_FIELDS) {
                    throw refused(json, "a credential has at most " + MOST_FIELDS + " fields");
                }
                if (fields.containsKey(name)) {
                    throw refused(json, name, "is given twice");
                }
                fields.put(name, value(json, name));
            }
            if (fields.isEmpty()) {
                throw refused(json, "a credential has at least one field");
            }
            return new Credential(fields);
        } catch (RuntimeException refused) {
            fields.values().forEach(SecretBytes::close);
            throw refused;
        }
    }

    private static SecretBytes value(JsonParser json, String name) {
        if (json.nextToken() != JsonToken.VALUE_STRING) {
            throw refused(json, name, "is not a string");
        }
        try {
            return SecretText.read(json, MOST_CHARACTERS);
        } catch (SecretText.Unfit unfit) {
            throw refused(json, name, unfit.why());
        }
    }

    private static MismatchedInputException refused(JsonParser json, String name, String problem) {
        String pointer = HARMLESS_NAME.matcher(name).matches() ? PLACE + "/" + name : PLACE;
        return refused(json, "the field " + name + " " + problem, new BadRequest(CODE, pointer, problem));
    }

    private static MismatchedInputException refused(JsonParser json, String reason) {
        return refused(json, reason, new BadRequest(CODE, PLACE, reason));
    }

    /** The parser knows the place; the cause is what the caller is answered. */
    private static MismatchedInputException refused(JsonParser json, String reason, BadRequest answer) {
        MismatchedInputException refused = MismatchedInputException.from(json, Credential.class, reason);
        refused.initCause(answer);
        return refused;
    }
}
