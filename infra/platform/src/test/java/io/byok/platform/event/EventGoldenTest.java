package io.byok.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.Provenance;
import io.byok.kernel.key.KeyEvent.KeyAdded;
import io.byok.kernel.key.KeyEvent.KeyDisabled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is written today must be read for ever: one file per event and revision, never changed once released. */
class EventGoldenTest {

    private static final Path FILES = Path.of("src/test/resources/events");
    private static final Map<String, DomainEvent> SAMPLES = EventSamples.all().stream()
            .collect(Collectors.toMap(event -> EventNames.of(event.getClass()).toString(), event -> event));

    private final EventJson json = new EventJson();

    @Test
    void every_name_in_the_table_has_a_sample() {
        assertThat(SAMPLES.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        EventNames.all().stream().map(EventName::toString).toList());
    }

    @Test
    void every_event_is_written_as_its_golden_file_says() throws IOException {
        for (EventName name : EventNames.all()) {
            Path file = file(name);
            String written = json.pretty(sample(name)) + "\n";
            if (Boolean.getBoolean("byok.rewrite") && Files.notExists(file)) {
                Files.createDirectories(FILES);
                Files.writeString(file, written);
            }
            assertThat(written).as(name.toString()).isEqualTo(Files.readString(file));
        }
    }

    @Test
    void every_golden_file_reads_as_its_event() throws IOException {
        for (EventName name : EventNames.all()) {
            Class<? extends DomainEvent> type =
                    EventNames.type(name.code(), name.revision()).orElseThrow();
            assertThat(json.parse(Files.readString(file(name)), type))
                    .as(name.toString())
                    .isEqualTo(sample(name));
        }
    }

    @Test
    void a_field_that_a_newer_server_added_is_passed_over() throws IOException {
        EventName name = EventNames.of(KeyDisabled.class);
        String newer = Files.readString(file(name)).replaceFirst("\\{", "{\"addedLater\": [1],");
        assertThat(json.parse(newer, KeyDisabled.class)).isEqualTo(sample(name));
    }

    @Test
    void what_is_no_such_event_is_unreadable_and_says_nothing_of_its_content() {
        byte[] foreign = "{\"event\":{\"key\":\"sk-secret\"},\"by\":{}}".getBytes(StandardCharsets.UTF_8);
        SealedEvent sealed = EventSamples.sealed(sample(EventNames.of(KeyDisabled.class)));
        assertThatThrownBy(() -> json.read(sealed, json.path(sealed), foreign))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageNotContaining("sk-secret")
                .hasNoCause();
    }

    @Test
    void an_event_travels_with_who_caused_it() {
        DomainEvent event = sample(EventNames.of(KeyAdded.class));
        Provenance by = new Provenance("tok_1", "req-1");
        EventJson.Read read =
                json.read(EventSamples.sealed(event), json.path(EventSamples.sealed(event)), json.write(event, by));
        assertThat(read.event()).isEqualTo(event);
        assertThat(read.by()).isEqualTo(by);
    }

    private static DomainEvent sample(EventName name) {
        DomainEvent sample = SAMPLES.get(name.toString());
        assertThat(sample).as("a sample of " + name).isNotNull();
        return sample;
    }

    private static Path file(EventName name) {
        return FILES.resolve(name.word() + ".v" + name.revision() + ".json");
    }
}
