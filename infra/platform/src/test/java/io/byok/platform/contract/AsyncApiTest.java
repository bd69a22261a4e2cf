package io.byok.platform.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.audit.Checkpoint;
import io.byok.platform.event.EventName;
import io.byok.platform.event.EventNames;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.kafka.EventRecords;
import io.byok.platform.kafka.EventTopic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** docs/asyncapi.yaml names the events that there are, and the headers that are written. */
class AsyncApiTest {

    private static final JsonNode DOCUMENT = read();
    private static final JsonNode HEADERS = DOCUMENT.at("/components/schemas/Headers");

    static Collection<EventName> names() {
        return EventNames.all();
    }

    @Test
    void it_names_exactly_the_events_of_the_table() {
        List<String> expected = names().stream()
                .map(name -> name.word() + ".v" + name.revision())
                .toList();
        assertThat(DOCUMENT.at("/components/messages").propertyNames()).containsExactlyElementsOf(expected);
        assertThat(DOCUMENT.at("/channels/events/messages").propertyNames()).containsExactlyElementsOf(expected);
        assertThat(DOCUMENT.at("/channels/events/address").asString()).isEqualTo(EventTopic.NAME);
        assertThat(DOCUMENT.at("/channels/events/bindings/kafka/topicConfiguration/max.message.bytes")
                        .asInt())
                .isEqualTo(EventTopic.MAX_RECORD);
    }

    @Test
    void it_says_what_a_signed_state_looks_like() {
        JsonNode channel = DOCUMENT.at("/channels/checkpoints");
        assertThat(channel.path("address").asString()).isEqualTo("byok.checkpoints");
        String pattern = channel.at("/messages/checkpoint/payload/pattern").asString();
        String tenant = new TenantId(new UUID(1, 2)).text();
        for (String log : List.of("platform", tenant)) {
            String text = new Checkpoint("byok.audit/" + "0".repeat(32) + "/" + log, 7, new byte[32]).text();
            assertThat(Pattern.compile(pattern).matcher(text + "\n— ").find())
                    .as(log)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void each_message_has_its_type_and_the_schema_of_its_event(EventName name) throws IOException {
        JsonNode message = DOCUMENT.at("/components/messages").path(name.word() + ".v" + name.revision());
        assertThat(message.path("name").asString()).isEqualTo(name.cloudEventType());
        assertThat(message.at("/x-byok-event/$ref").asString()).isEqualTo("events/" + Schemas.file(name));
        assertThat(message.path("summary").asString())
                .isEqualTo(Schemas.of(name).path("description").asString());
    }

    @Test
    void every_reference_leads_somewhere() {
        List<String> references =
                DOCUMENT.findValues("$ref").stream().map(JsonNode::asString).toList();
        assertThat(references).hasSizeGreaterThan(names().size() * 4).allSatisfy(reference -> {
            if (reference.startsWith("#")) {
                assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode()).isFalse();
            } else {
                assertThat(Schemas.DOCS.resolve(reference)).exists();
            }
        });
    }

    @Test
    void its_headers_are_those_that_are_written() {
        TreeSet<String> written = new TreeSet<>();
        headers(event(new SubjectId(new UUID(5, 6)), StreamType.KEY)).forEach(header -> written.add(header.key()));
        assertThat(HEADERS.path("properties").propertyNames()).containsExactlyInAnyOrderElementsOf(written);

        TreeSet<String> always = new TreeSet<>();
        headers(event(null, StreamType.USE)).forEach(header -> always.add(header.key()));
        assertThat(HEADERS.path("required").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrderElementsOf(always);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_written_in_them_is_what_is_described(StreamType stream) {
        ObjectNode written = JsonMapper.shared().createObjectNode();
        headers(event(new SubjectId(new UUID(5, 6)), stream))
                .forEach(header -> written.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        assertThat(Schemas.errors(Schemas.closed(HEADERS), written)).isEmpty();
    }

    private static Iterable<org.apache.kafka.common.header.Header> headers(StoredEvent event) {
        return EventRecords.toRecord(0, event).headers();
    }

    private static StoredEvent event(@Nullable SubjectId subject, StreamType stream) {
        return new StoredEvent(
                42,
                new SealedEvent(
                        UUID.fromString("0190a0b1-0000-7000-8000-000000000001"),
                        new TenantId(new UUID(1, 2)),
                        subject,
                        new StreamId(stream, new UUID(3, 4)),
                        7,
                        EventNames.named((short) 30, (short) 1),
                        Instant.parse("2026-01-02T03:04:05.678901Z"),
                        new byte[] {1, 2, 3}));
    }

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(Files.readString(Schemas.DOCS.resolve("asyncapi.yaml")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
