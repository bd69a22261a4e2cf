package io.byok.command.vault;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/**
 * Writes a credential in the clear, as an object of strings. For the answer to a resolve and nothing else: the one field
 * that carries it names this class in {@code @JsonSerialize}. No String holds a value on the way.
 */
public final class CredentialExposure extends ValueSerializer<Credential> {

    @Override
    public void serialize(Credential credential, JsonGenerator json, SerializationContext context) {
        expose(credential, json);
    }

    /** For answers that are written without a mapper. */
    public static void expose(Credential credential, JsonGenerator json) {
        json.writeStartObject();
        credential.forEach((name, secret) -> {
            json.writeName(name);
            secret.exposeForUse(bytes -> {
                // Not writeUTF8String: generators that write characters refuse it.
                CharBuffer characters = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
                json.writeString(characters.array(), 0, characters.limit());
                Arrays.fill(characters.array(), '\0');
                return json;
            });
        });
        json.writeEndObject();
    }

    /** What every other place of a credential in JSON gets: a refusal, instead of an object that looks empty. */
    static final class Refused extends ValueSerializer<Credential> {

        @Override
        public void serialize(Credential credential, JsonGenerator json, SerializationContext context) {
            throw DatabindException.from(json, "a credential is never written as JSON here");
        }
    }
}
