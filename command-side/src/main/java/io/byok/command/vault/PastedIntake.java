package io.byok.command.vault;

import io.byok.platform.web.BadRequest;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;

/** Reads what somebody pasted: one JSON string that may be a key. Refuses everything else, and repeats nothing of it. */
public final class PastedIntake extends ValueDeserializer<SecretBytes> {

    @Override
    public SecretBytes deserialize(JsonParser json, DeserializationContext context) {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw refused(json, "is not a string");
        }
        try {
            return SecretText.read(json, CredentialIntake.MOST_CHARACTERS);
        } catch (SecretText.Unfit unfit) {
            throw refused(json, unfit.why());
        }
    }

    private static MismatchedInputException refused(JsonParser json, String why) {
        MismatchedInputException refused = MismatchedInputException.from(json, SecretBytes.class, "the text " + why);
        refused.initCause(new BadRequest("credential-invalid", "/text", why));
        return refused;
    }
}
