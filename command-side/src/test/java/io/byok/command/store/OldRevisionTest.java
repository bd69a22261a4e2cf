package io.byok.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.KeyId;
import io.byok.kernel.StreamId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.key.KeyEvent.KeyAdded;
import io.byok.platform.event.EventJson;
import io.byok.platform.event.EventName;
import io.byok.platform.event.EventNames;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.SealedEvents;
import io.byok.platform.event.UnreadableEvent;
import io.byok.platform.event.Upcasts;
import io.byok.platform.seal.Aad;
import io.byok.platform.seal.Keyring;
import io.byok.platform.seal.KeyringFile;
import io.byok.platform.seal.Sealer;
import io.byok.platform.seal.TenantKeks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An aggregate whose history begins with a revision that is no more. */
class OldRevisionTest {

    private static final EventName NOW = EventNames.of(KeyAdded.class);
    private static final TenantId TENANT = new TenantId(new UUID(1, 1));
    private static final SubjectId SUBJECT = new SubjectId(new UUID(1, 2));
    private static final KeyId KEY = new KeyId(new UUID(0x019a_0000_0000_7000L, 0x8000_0000_0000_0042L));
    private static final Instant AT = Instant.parse("2026-11-22T12:34:56Z");

    // Registered for this test: no event has had a second revision.
    private static final Upcasts UPCASTS = new Upcasts(List.of(new Upcasts.Step(NOW.code(), 0, old -> {
        old.putObject("label").put("alias", old.remove("name").asString()).putArray("tags");
        old.putObject("policy").put("priority", 0).put("fallback", false);
        return old;
    })));

    @TempDir
    Path directory;

    private final DataSource database = LogFixture.fresh().connections("old");
    private final Appender appender = new Appender(database, Lane.FIRST);

    @AfterEach
    void close() {
        appender.close();
    }

    @Test
    void an_aggregate_is_loaded_from_it_as_from_todays() throws IOException {
        try (Keyring keyring = keyring()) {
            append(keyring, 0);
            assertThat(engine(keyring).readEvents(KEY.text(), 0).asStream().map(event -> event.getPayload()))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            KeyAdded.class,
                            added -> assertThat(added.label().alias()).isEqualTo("main"));
        }
    }

    @Test
    void an_aggregate_is_not_loaded_past_a_revision_that_is_not_known() throws IOException {
        try (Keyring keyring = keyring()) {
            append(keyring, 2);
            PostgresEventStorageEngine engine = engine(keyring);
            assertThatThrownBy(() -> engine.readEvents(KEY.text(), 0).asStream().toList())
                    .isInstanceOf(UnreadableEvent.class);
        }
    }

    private Keyring keyring() throws IOException {
        return new Keyring(
                database,
                new TenantKeks(
                        database,
                        KeyringFile.openOrCreate(directory.resolve("keyring")).roots()));
    }

    private PostgresEventStorageEngine engine(Keyring keyring) {
        return new PostgresEventStorageEngine(
                appender,
                new EventLog(database),
                new SealedMessages(new SealedEvents(keyring, new EventJson(UPCASTS)), new PrefixedStreamNames()),
                new StreamMemory(1_000));
    }

    private void append(Keyring keyring, int revision) {
        EventName old = EventNames.named(NOW.code(), (short) revision);
        UUID id = new UUID(7, 7);
        Aad place = Aad.event(TENANT, SUBJECT, StreamId.of(KEY), 0, id, old.word(), old.revision());
        String plain = "{\"event\":{\"key\":\"" + KEY.text() + "\",\"userId\":\"ada\",\"provider\":\"openai\","
                + "\"environment\":\"production\",\"name\":\"main\",\"hint\":\"h\",\"fingerprint\":\"f\",\"at\":\"" + AT
                + "\"},\"by\":{\"actor\":\"tok_1\"}}";
        byte[] payload = new Sealer(keyring)
                .seal(keyring.subjectKey(TENANT, SUBJECT), place, plain.getBytes(StandardCharsets.UTF_8));
        SealedEvent event = new SealedEvent(id, TENANT, SUBJECT, StreamId.of(KEY), 0, old, AT, payload);
        appender.append(new Entry() {
            @Override
            public List<Row<?>> rows() {
                return List.of();
            }

            @Override
            public List<SealedEvent> events() {
                return List.of(event);
            }
        });
    }
}
