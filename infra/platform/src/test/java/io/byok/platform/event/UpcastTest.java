package io.byok.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.key.KeyEvent.KeyAdded;
import io.byok.kernel.key.KeyLabel;
import io.byok.kernel.key.KeyPolicy;
import io.byok.platform.event.Upcasts.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * No event has had a second revision yet. So that the way is walked before it is needed, a revision 0 of {@code key-added}
 * that never was is read here, with a golden file as a real one would have.
 */
class UpcastTest {

    private static final Path FILES = Path.of("src/test/resources/old-events");
    private static final EventName NOW = EventNames.of(KeyAdded.class);

    /** What was flat in revision 0 is grouped in revision 1. */
    private static final Step FROM_0 = new Step(NOW.code(), 0, old -> {
        ObjectNode label = old.objectNode();
        label.set("alias", old.remove("name"));
        ArrayNode tags = label.putArray("tags");
        for (String tag : old.remove("labels").asString().split(",")) {
            tags.add(tag);
        }
        old.set("label", label);
        ObjectNode policy = old.objectNode();
        policy.set("priority", old.remove("rank"));
        policy.put("fallback", false);
        old.set("policy", policy);
        return old;
    });

    private final EventJson lifting = new EventJson(new Upcasts(List.of(FROM_0)));

    private static EventJson.Read read(EventJson json, int revision, String file) throws IOException {
        SealedEvent now = EventSamples.sealed(EventSamples.all().stream()
                .filter(KeyAdded.class::isInstance)
                .findFirst()
                .orElseThrow());
        SealedEvent stored = new SealedEvent(
                now.eventId(),
                now.tenant(),
                now.subject(),
                now.stream(),
                now.sequence(),
                EventNames.named(NOW.code(), (short) revision),
                now.occurredAt(),
                now.payload());
        String plain = "{\"event\":" + Files.readString(FILES.resolve(file)) + ",\"by\":{\"actor\":\"tok_1\"}}";
        return json.read(stored, json.path(stored), plain.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void an_old_revision_reads_as_todays_event() throws IOException {
        assertThat(read(lifting, 0, "key-added.v0.json").event())
                .isEqualTo(new KeyAdded(
                        todays().key(),
                        "ada",
                        "openai",
                        "production",
                        new KeyLabel("main", null, List.of("chat", "eu")),
                        new KeyPolicy(null, 10, false),
                        "sk-...9fQ2",
                        "0f1e2d3c",
                        Instant.parse("2026-11-22T12:34:56.123456Z")));
    }

    @Test
    void a_step_leads_to_the_next_and_todays_revision_is_not_lifted() throws IOException {
        EventJson twice = new EventJson(new Upcasts(List.of(FROM_0, new Step(NOW.code(), -1, older -> {
            older.set("provider", older.remove("vendor"));
            return older;
        }))));
        assertThat(Objects.requireNonNull(new Upcasts(List.of(FROM_0)).path(NOW.code(), NOW.revision()))
                        .orElseThrow()
                        .steps())
                .isEmpty();
        assertThat(read(twice, 0, "key-added.v0.json").event())
                .isEqualTo(read(lifting, 0, "key-added.v0.json").event());
    }

    @Test
    void fields_that_were_added_before_or_since_need_no_step() throws IOException {
        KeyAdded read = (KeyAdded)
                read(new EventJson(), 1, "key-added.v1-older-and-newer.json").event();
        assertThat(read.userId()).as("absent then").isNull();
        assertThat(read.policy()).isEqualTo(new KeyPolicy(null, 10, true));
        assertThat(read.label()).isEqualTo(new KeyLabel(null, null, List.of()));
    }

    @Test
    void a_revision_that_nobody_lifts_is_unreadable_and_keeps_the_word_that_its_seal_is_bound_to() {
        for (int unknown : List.of(0, 2)) {
            assertThatThrownBy(() -> read(new EventJson(), unknown, "key-added.v0.json"))
                    .isInstanceOf(UnreadableEvent.class)
                    .hasMessageContaining("unknown");
            assertThat(EventNames.named(NOW.code(), (short) unknown).word()).isEqualTo("key-added");
        }
    }

    @Test
    void an_old_content_that_cannot_be_lifted_is_unreadable_and_says_nothing_of_it() {
        assertThatThrownBy(() -> read(lifting, 0, "key-added.v1-older-and-newer.json"))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageNotContaining("eu-central")
                .hasNoCause();
    }

    @Test
    void steps_that_lead_nowhere_or_start_at_today_or_twice_are_refused_at_the_start() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Upcasts(List.of(FROM_0, FROM_0)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Upcasts(List.of(new Step(NOW.code(), -2, old -> old))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Upcasts(List.of(new Step(NOW.code(), 1, old -> old))));
    }

    private static KeyAdded todays() {
        return (KeyAdded) EventSamples.all().stream()
                .filter(KeyAdded.class::isInstance)
                .findFirst()
                .orElseThrow();
    }
}
