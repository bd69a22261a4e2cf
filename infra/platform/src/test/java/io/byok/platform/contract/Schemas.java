package io.byok.platform.contract;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.byok.platform.event.EventName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The documented schemas. */
final class Schemas {

    static final Path DOCS = Path.of("../../docs");
    static final Path FOLDER = DOCS.resolve("events");

    private static final JsonMapper JSON = new JsonMapper();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Schemas() {}

    static String file(EventName name) {
        return name.word() + ".v" + name.revision() + ".json";
    }

    static JsonNode of(EventName name) throws IOException {
        return JSON.readTree(Files.readString(FOLDER.resolve(file(name))));
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    /** What is wrong with the instance; formats count. */
    static List<String> errors(JsonNode schema, JsonNode instance) {
        return REGISTRY
                .getSchema(schema)
                .validate(instance, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    /**
     * The same schema for a writer: readers pass over fields that they do not know, but we may write none that is not
     * described.
     */
    static JsonNode closed(JsonNode schema) {
        JsonNode copy = schema.deepCopy();
        close(copy);
        return copy;
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.has("properties")
                && object.path("type").asString("").equals("object")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Schemas::close);
    }
}
