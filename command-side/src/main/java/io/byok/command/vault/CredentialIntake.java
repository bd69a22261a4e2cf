package io.byok.command.vault;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
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
                    throw refused(json, "the field " + name + " is given twice");
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
            throw refused(json, "the field " + name + " is not a string");
        }
        char[] characters = json.getStringCharacters();
        int start = json.getStringOffset();
        int length = json.getStringLength();
        try {
            if (length == 0) {
                throw refused(json, "the field " + name + " is empty");
            }
            if (length > MOST_CHARACTERS) {
                throw refused(json, "the field " + name + " has more than " + MOST_CHARACTERS + " characters");
            }
            return SecretBytes.owning(utf8(characters, start, length));
        } catch (CharacterCodingException malformed) {
            throw refused(json, "the field " + name + " is not valid Unicode");
        } finally {
            Arrays.fill(characters, start, start + length, '\0');
        }
    }

    // Into room for the worst case: a buffer that grows would leave its first half unwiped.
    private static byte[] utf8(char[] characters, int start, int length) throws CharacterCodingException {
        ByteBuffer encoded = ByteBuffer.allocate(length * 3);
        try {
            CoderResult result = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(characters, start, length), encoded, true);
            if (result.isError()) {
                result.throwException();
            }
            return Arrays.copyOf(encoded.array(), encoded.position());
        } finally {
            Arrays.fill(encoded.array(), (byte) 0);
        }
    }

    private static MismatchedInputException refused(JsonParser json, String reason) {
        return MismatchedInputException.from(json, Credential.class, reason);
    }
}
