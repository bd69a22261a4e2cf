package io.byok.command.vault;

import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import org.springdoc.core.utils.SpringDocUtils;

/** How secrets look in the description of the API: they go in as text, under names that the catalogue knows. */
final class VaultSchemas {

    private VaultSchemas() {}

    static void register() {
        SpringDocUtils.getConfig()
                .replaceWithSchema(SecretBytes.class, secret())
                .replaceWithSchema(
                        Credential.class,
                        new ObjectSchema()
                                .description(
                                        "The fields that the provider asks for; see credentialSchema of the provider")
                                .additionalProperties(secret())
                                .minProperties(1)
                                .maxProperties(CredentialIntake.MOST_FIELDS));
    }

    private static StringSchema secret() {
        StringSchema text = new StringSchema();
        text.format("password").minLength(1).maxLength(CredentialIntake.MOST_CHARACTERS);
        return text;
    }
}
