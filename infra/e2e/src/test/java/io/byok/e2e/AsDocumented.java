package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds every answer that any test gets against the committed description: its status, its type, each field with its
 * type and form, and no field that is not described.
 */
final class AsDocumented implements Consumer<Answer> {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static final Set<String> JSON_TYPES = Set.of("application/json", "application/problem+json");

    private static final Set<Integer> BEFORE_ROUTING = Set.of(405, 413, 414, 415, 431);

    static final AsDocumented EVERY_ANSWER = new AsDocumented();

    private record Described(String method, Pattern path, JsonNode responses) {}

    private final JsonNode components;
    private final JsonNode definitions;
    private final List<Described> operations;
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    private AsDocumented() {
        JsonNode document = read();
        components = document.path("components");
        definitions = JSON.readTree(components.path("schemas").toString().replace("#/components/schemas/", "#/$defs/"));
        close(definitions);
        operations = Operation.of(document).stream()
                .sorted(Comparator.comparingInt(
                        operation -> operation.parameters().size()))
                .map(operation -> new Described(
                        operation.method(),
                        Pattern.compile(operation.path().replaceAll("\\{[^}]+}", "[^/]+")),
                        operation.responses()))
                .toList();
    }

    private static JsonNode read() {
        try {
            return JSON.valueToTree(
                    new Yaml().<Object>load(Files.readString(ServerJvm.ROOT.resolve("docs/openapi.yaml"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Readers pass over fields that they do not know, but we may write none that is not described. */
    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("discriminator"); // of OpenAPI, not of JSON Schema
            if (object.has("properties") && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
        }
        node.forEach(AsDocumented::close);
    }

    @Override
    public void accept(Answer answer) {
        String[] request = answer.request().split("[ ?]");
        Optional<Described> operation = operations.stream()
                .filter(one -> one.method().equals(request[0]))
                .filter(one -> one.path().matcher(request[1]).matches())
                .findFirst();
        if (operation.isEmpty() || answer.body().length == 0 || Boolean.getBoolean("byok.rewrite")) {
            return; // a route that is none, which is another test's affair; or the description is being made
        }
        if (BEFORE_ROUTING.contains(answer.status()) || answer.text().contains("\"path-unknown\"")) {
            return; // of the HTTP layer, which does not know yet what is asked for
        }
        JsonNode described = resolved(operation.get().responses().path(Integer.toString(answer.status())));
        assertThat(described.isObject())
                .as("%s answered %d, which is not described", answer.request(), answer.status())
                .isTrue();
        String type = String.valueOf(answer.header("Content-Type")).split(";")[0];
        JsonNode content = described.path("content").path(type);
        assertThat(content.isObject())
                .as("%s answered %d as %s, which is not described", answer.request(), answer.status(), type)
                .isTrue();
        if (JSON_TYPES.contains(type)) {
            List<Error> errors = schemas.computeIfAbsent(content.path("schema"), this::compiled)
                    .validate(
                            answer.json(),
                            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
            assertThat(errors)
                    .as("%s, against its description", answer.request())
                    .isEmpty();
        }
    }

    private JsonNode resolved(JsonNode response) {
        String reference = response.path("$ref").asString("");
        return reference.isEmpty() ? response : components.at(reference.substring("#/components".length()));
    }

    private Schema compiled(JsonNode schema) {
        ObjectNode whole = (ObjectNode) JSON.readTree(schema.toString().replace("#/components/schemas/", "#/$defs/"));
        whole.set("$defs", definitions);
        return REGISTRY.getSchema(whole);
    }
}
