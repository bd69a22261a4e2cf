package io.byok.platform.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.platform.event.EventName;
import io.byok.platform.event.EventNames;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** docs/events says of each event what its record says, no more and no less. */
class EventSchemaTest {

    private static final Path GOLDEN = Path.of("src/test/resources/events");

    static Collection<EventName> names() {
        return EventNames.all();
    }

    @Test
    void every_event_has_a_schema_and_every_schema_an_event() throws IOException {
        try (Stream<Path> files = Files.list(Schemas.FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(file -> !file.equals("provenance.v1.json")))
                    .containsExactlyInAnyOrderElementsOf(
                            names().stream().map(Schemas::file).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_golden_file_is_what_the_schema_describes(EventName name) throws IOException {
        JsonNode schema = Schemas.closed(Schemas.of(name));
        JsonNode golden = Schemas.json(Files.readString(GOLDEN.resolve(Schemas.file(name))));
        assertThat(Schemas.errors(schema, golden)).isEmpty();
        for (String field : golden.propertyNames()) {
            ObjectNode other = (ObjectNode) golden.deepCopy();
            other.putNull(field);
            assertThat(Schemas.errors(schema, other)).as("null for %s", field).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_reader_passes_over_what_a_newer_server_added(EventName name) throws IOException {
        ObjectNode newer = (ObjectNode) Schemas.json(Files.readString(GOLDEN.resolve(Schemas.file(name))));
        newer.put("addedLater", true);
        assertThat(Schemas.errors(Schemas.of(name), newer)).isEmpty();
        assertThat(Schemas.errors(Schemas.closed(Schemas.of(name)), newer)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_schema_has_the_fields_of_the_record(EventName name) throws IOException {
        JsonNode schema = Schemas.of(name);
        assertThat(schema.path("$id").asString()).isEqualTo("urn:byok:event:" + name.word() + ":" + name.revision());
        Class<?> type = EventNames.type(name.code(), name.revision()).orElseThrow();
        List<String> differences = new ArrayList<>();
        compare(name.word(), type, schema, differences);
        assertThat(differences).isEmpty();
    }

    private static void compare(String at, Type type, JsonNode schema, List<String> differences) {
        if (schema.path("description").asString("").isBlank() && !at.endsWith("[]")) {
            differences.add(at + ": no description");
        }
        if (!jsonType(type).equals(schema.path("type").asString())) {
            differences.add(at + ": is " + jsonType(type) + ", not " + schema.path("type"));
            return;
        }
        if (type == Instant.class && !schema.path("format").asString("").equals("date-time")) {
            differences.add(at + ": is a date-time");
        }
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            compare(at + "[]", list.getActualTypeArguments()[0], schema.path("items"), differences);
        }
        if (type instanceof Class<?> record && jsonType(type).equals("object")) {
            RecordComponent[] components = record.getRecordComponents();
            same(
                    at,
                    Arrays.stream(components).map(RecordComponent::getName),
                    schema.path("properties").propertyNames(),
                    differences);
            same(
                    at + " required",
                    Arrays.stream(components).filter(part -> !isNullable(part)).map(RecordComponent::getName),
                    schema.path("required")
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList(),
                    differences);
            for (RecordComponent part : components) {
                compare(
                        at + "." + part.getName(),
                        part.getGenericType(),
                        schema.path("properties").path(part.getName()),
                        differences);
            }
        }
    }

    private static void same(String at, Stream<String> record, Collection<String> schema, List<String> differences) {
        List<String> fields = record.toList();
        if (!fields.equals(List.copyOf(schema))) {
            differences.add(at + ": the record has " + fields + ", the schema " + schema);
        }
    }

    private static boolean isNullable(RecordComponent part) {
        return part.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static String jsonType(Type type) {
        return switch (type) {
            case ParameterizedType generic -> generic.getRawType() == Map.class ? "object" : "array";
            case Class<?> plain when plain == int.class || plain == Integer.class || plain == long.class -> "integer";
            case Class<?> plain when plain == boolean.class -> "boolean";
            case Class<?> plain when plain == BigDecimal.class -> "number";
            case Class<?> plain when plain == String.class || plain == Instant.class -> "string";
            case Class<?> plain when plain == java.util.UUID.class -> "string";
            case Class<?> plain when io.byok.kernel.Id.class.isAssignableFrom(plain) -> "string";
            default -> "object";
        };
    }
}
