package io.byok.e2e;

import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A body that fits its schema and says as little as it may. */
final class Sample {

    private static final JsonNodeFactory NODES = JsonMapper.shared().getNodeFactory();
    /** What a schema cannot say: words that must exist, or have a form of their own. */
    private static final Map<String, String> WORDS = Map.of(
            "provider", "openai",
            "environment", "production",
            "occurredAt", "2026-03-02T00:00:00Z",
            "purpose", "test",
            "outcome", "success",
            "overlap", "PT0S",
            "projection", "keys",
            "mode", "verify",
            "level", "data");

    private final JsonNode description;
    private final Supplier<String> credentials;

    /** Each credential is another one. */
    Sample(JsonNode description) {
        this(description, Credentials::openai);
    }

    Sample(JsonNode description, Supplier<String> credentials) {
        this.description = description;
        this.credentials = credentials;
    }

    JsonNode of(JsonNode schema) {
        return of("", schema);
    }

    private JsonNode of(String name, JsonNode schema) {
        if (schema.has("$ref")) {
            String reference = schema.path("$ref").asString();
            return of(name, description.at(reference.substring(1)));
        }
        for (String choice : new String[] {"anyOf", "oneOf", "allOf"}) {
            if (schema.has(choice)) {
                return of(name, schema.path(choice).path(0));
            }
        }
        if (schema.has("enum")) {
            return schema.path("enum").path(0);
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.path(0).asString() : type.asString("object")) {
            case "string" -> NODES.stringNode(text(name, schema));
            case "integer", "number" -> NODES.numberNode(1);
            case "boolean" -> NODES.booleanNode(true);
            case "array" -> array(name, schema);
            default -> object(schema);
        };
    }

    private ArrayNode array(String name, JsonNode schema) {
        ArrayNode array = NODES.arrayNode();
        return name.equals("scopes") ? array.add("keys:read") : array.add(of("", schema.path("items")));
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = NODES.objectNode();
        if (schema.path("additionalProperties").path("format").asString("").equals("password")) {
            return object.put("apiKey", credentials.get()); // a credential
        }
        for (JsonNode required : schema.path("required")) {
            String field = required.asString();
            object.set(field, of(field, schema.path("properties").path(field)));
        }
        return object;
    }

    private static String text(String name, JsonNode schema) {
        if (WORDS.containsKey(name)) {
            return WORDS.get(name);
        }
        return schema.path("format").asString("").equals("date-time") ? "2026-03-02T00:00:00Z" : "a-" + name;
    }
}
