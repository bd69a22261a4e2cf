package io.byok.platform.web.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.List;
import java.util.Map;

/** One of several records, told apart by a word: each is described whole, with its word, so that exactly one matches. */
final class Alternatives {

    private static final String COMPONENTS = "#/components/schemas/";

    private Alternatives() {}

    static void spellOut(Components components) {
        Map<String, Schema> schemas = components.getSchemas();
        List.copyOf(schemas.entrySet()).forEach(entry -> {
            Discriminator discriminator = entry.getValue().getDiscriminator();
            if (discriminator != null && discriminator.getMapping() != null) {
                Schema<?> one = new Schema<>().discriminator(discriminator);
                discriminator.getMapping().forEach((word, reference) -> {
                    one.addOneOfItem(new Schema<>().$ref(reference));
                    schemas.computeIfPresent(
                            reference.substring(COMPONENTS.length()),
                            (name, schema) -> whole(schema, discriminator.getPropertyName(), word));
                });
                schemas.put(entry.getKey(), one);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static Schema<?> whole(Schema<?> part, String property, String word) {
        Schema<?> whole = new ObjectSchema();
        Schema<String> says = new StringSchema();
        says.setConst(word);
        whole.addProperty(property, says);
        whole.addRequiredItem(property);
        for (Schema<?> own :
                part.getAllOf() == null ? List.<Schema<?>>of(part) : (List<Schema<?>>) (List<?>) part.getAllOf()) {
            if (own.getProperties() != null) {
                own.getProperties().forEach(whole::addProperty);
            }
        }
        if (part.getRequired() != null) {
            part.getRequired().forEach(whole::addRequiredItem);
        }
        return whole;
    }
}
