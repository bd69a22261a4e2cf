package io.byok.command.provider;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema (2020-12) of a provider's credential, with one branch of {@code oneOf} per form. The usual shape of
 * a value is the annotation {@code x-hintPattern} and never {@code pattern}: providers change their formats.
 */
final class CredentialSchema {

    private CredentialSchema() {}

    static Map<String, Object> of(Provider provider) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", provider.name());
        schema.put("type", "object");
        Map<String, Object> properties = new LinkedHashMap<>();
        provider.fields().forEach(field -> properties.put(field.name(), property(field)));
        schema.put("properties", properties);
        if (provider.forms().size() == 1) {
            schema.put("required", provider.forms().getFirst().requires());
        } else {
            schema.put(
                    "oneOf",
                    provider.forms().stream().map(CredentialSchema::branch).toList());
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> branch(CredentialForm form) {
        List<String> taken = new ArrayList<>(form.requires());
        taken.addAll(form.allows());
        Map<String, Object> branch = new LinkedHashMap<>();
        branch.put("title", form.label());
        branch.put("required", form.requires());
        branch.put("propertyNames", Map.of("enum", taken));
        return branch;
    }

    private static Map<String, Object> property(CredentialField field) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("type", "string");
        property.put("title", field.label());
        property.put("minLength", 1);
        property.put("maxLength", field.longest());
        if (field.format() == FieldFormat.ENDPOINT) {
            property.put("format", "uri");
        }
        if (field.secret()) {
            property.put("writeOnly", true);
        }
        if (field.hintPattern() != null) {
            property.put("x-hintPattern", field.hintPattern());
        }
        return property;
    }
}
