package io.byok.query.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.KeyId;
import io.byok.kernel.StreamId;
import io.byok.kernel.key.KeyEvent.KeyAdded;
import io.byok.kernel.key.KeyEvent.KeyDisabled;
import io.byok.platform.event.EventJson;
import io.byok.platform.event.EventName;
import io.byok.platform.event.EventNames;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.SealedEvents;
import io.byok.platform.event.Upcasts;
import io.byok.platform.seal.Aad;
import io.byok.platform.seal.Sealer;
import io.byok.query.Ledger;
import io.byok.query.QueryTestParts;
import io.byok.query.SampleHistory;
import io.byok.query.feed.EventOpener;
import io.byok.query.feed.Received;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An event of a revision that is no more, in the store and under its seal, on its way into the read models. */
class OldRevisionTest {

    private static final EventName NOW = EventNames.of(KeyAdded.class);
    private static final KeyId KEY = new KeyId(new UUID(0x019a_0000_0000_7000L, 0x8000_0000_0000_0042L));
    private static final Instant AT = Instant.parse("2026-11-22T12:34:56Z");
    private static final String FLAT =
            "{\"event\":{\"key\":\"%s\",\"userId\":\"ada\",\"provider\":\"openai\",\"environment\":\"production\","
                    + "\"name\":\"main\",\"hint\":\"sk-...9fQ2\",\"fingerprint\":\"f\",\"at\":\"%s\"},"
                    + "\"by\":{\"actor\":\"tok_1\"}}";

    /** As a server would have them that knows the revision: registered for this test, since there was none. */
    private static final Upcasts UPCASTS = new Upcasts(List.of(new Upcasts.Step(NOW.code(), 0, old -> {
        old.putObject("label").set("alias", old.remove("name"));
        old.withObject("label").putArray("tags");
        old.putObject("policy").put("priority", 0).put("fallback", false);
        return old;
    })));

    private final Ledger ledger = new Ledger();
    private final SampleHistory.User user = new SampleHistory(ledger, 4).addUser();

    @AfterEach
    void end() {
        ledger.close();
    }

    private void append(int revision) {
        SealedEvent next = ledger.seal(user.tenant(), user.subject(), StreamId.of(KEY), new KeyDisabled(KEY, null, AT));
        EventName old = EventNames.named(NOW.code(), (short) revision);
        byte[] payload = new Sealer(ledger.keyring())
                .seal(
                        ledger.keyring().subjectKey(user.tenant(), user.subject()),
                        Aad.event(
                                user.tenant(),
                                user.subject(),
                                next.stream(),
                                next.sequence(),
                                next.eventId(),
                                old.word(),
                                old.revision()),
                        FLAT.formatted(KEY.text(), AT).getBytes(StandardCharsets.UTF_8));
        ledger.append(new SealedEvent(
                next.eventId(), next.tenant(), next.subject(), next.stream(), next.sequence(), old, AT, payload));
        ledger.append(user.tenant(), user.subject(), StreamId.of(KEY), new KeyDisabled(KEY, "later", AT));
    }

    private void project(EventOpener opener) {
        Shadow shadow = Shadow.create(ledger.jooq(), 7, QueryTestParts.projectors(), ReplayMode.VERIFY);
        List<Received> opened = ledger.history().stream()
                .map(event -> opener.open(event, Received.NO_OFFSET))
                .toList();
        QueryTestParts.projectors()
                .forEach(projector -> shadow.projection(projector).apply(opened));
    }

    @Test
    void an_old_revision_is_lifted_on_its_way_and_its_stream_goes_on() {
        append(0);
        project(new EventOpener(new SealedEvents(ledger.keyring(), new EventJson(UPCASTS))));
        assertThat(ledger.jooq()
                        .fetch("select alias || ' ' || status from view_7.key_view")
                        .getValues(0, String.class))
                .containsExactly("main 2");
        assertThat(ledger.jooq().fetchValue("select count(*) from view_7.parked"))
                .isEqualTo(0L);
    }

    @Test
    void a_revision_that_is_not_known_is_parked_with_its_stream() {
        append(2);
        project(new EventOpener(new SealedEvents(ledger.keyring(), new EventJson(UPCASTS))));
        assertThat(ledger.jooq().fetchValue("select count(*) from view_7.key_view"))
                .isEqualTo(0L);
        assertThat(ledger.jooq()
                        .fetch("select reason from view_7.parked where projection = 'keys' order by position")
                        .getValues(0, String.class))
                .containsExactly(
                        "cannot read key-added 2 " + StreamId.of(KEY) + "#0: the name is unknown to this version",
                        "its stream waits for an earlier event");
    }
}
