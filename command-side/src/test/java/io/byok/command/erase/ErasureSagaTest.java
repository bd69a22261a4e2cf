package io.byok.command.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.command.CommandSideFixture;
import io.byok.command.bus.Ids;
import io.byok.command.erase.domain.Erasure;
import io.byok.command.erase.domain.ErasureCommand.RequestErasure;
import io.byok.command.head.IdempotencyRecords;
import io.byok.command.head.LegalHolds;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.key.KeyFixture;
import io.byok.command.store.EventLog;
import io.byok.command.store.Lane;
import io.byok.kernel.ErasureId;
import io.byok.kernel.HoldId;
import io.byok.kernel.KeyId;
import io.byok.kernel.Provenance;
import io.byok.kernel.Rejection;
import io.byok.kernel.StreamId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.hold.HeldScope;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.Opened;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.seal.KeyNode;
import io.byok.platform.seal.Keyring;
import io.byok.platform.seal.NoteKey;
import io.byok.platform.seal.PlatformSigner;
import io.byok.platform.seal.SignedNote;
import io.byok.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Erasures on a real database, step by step and killed between any two. */
class ErasureSagaTest {

    private static final Provenance BY = Provenance.system("test");

    @TempDir
    private static Path data;

    private static CommandSideFixture side;
    private static TenantId tenant;
    private static KeyFixture keys;

    @BeforeAll
    static void start() {
        TestDatabase database = CommandSideFixture.freshDatabase();
        side = new CommandSideFixture(database, data);
        tenant = side.get(Ids.class).tenant();
        keys = new KeyFixture(side, tenant);
        side.get(KeyNode.class).close(); // the saga would wait for its word, and steps are counted here
    }

    @AfterAll
    static void stop() {
        side.close();
    }

    /** A crash: nothing of the process's memory is there afterwards. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static ErasureSaga saga(Consumer<String> reached) {
        return new ErasureSaga(
                side.get(ErasureHeads.class),
                side.get(Erasures.class),
                new Inventory(side.get(DataSource.class), side.get(EventLog.class), side.get(EventSealing.class)),
                side.get(ErasureHistory.class),
                new Stores(side.get(DataSource.class), side.get(EventLog.class)),
                side.get(PlatformSigner.class),
                Duration.ofDays(60),
                Clock.systemUTC(),
                reached);
    }

    private static ErasureId request(String user) {
        SubjectId subject = subject(user);
        side.get(Erasures.class)
                .request(
                        tenant,
                        new RequestErasure(
                                ErasureId.of(subject),
                                "left us",
                                "GDPR Art. 17(1)(b)",
                                Instant.now().truncatedTo(ChronoUnit.MICROS)),
                        BY,
                        Optional.empty());
        return ErasureId.of(subject);
    }

    private static SubjectId subject(String user) {
        return side.get(SubjectDirectory.class).find(tenant, user).orElseThrow();
    }

    /** What the relay does, which does not run here. */
    private static void everythingIsInKafka() {
        side.get(DSLContext.class).execute("update log.relay set position = (select max(position) from log.event)");
    }

    private static Erasure.Present state(ErasureId id) {
        return side.get(ErasureHistory.class).now(StreamId.of(id));
    }

    private static long count(String sql, Object... binds) {
        return side.get(DSLContext.class).fetchSingle(sql, binds).get(0, Long.class);
    }

    private static void forgetCaches(ErasureId id) {
        // Another node's view: nothing unwrapped, nothing named.
        side.get(Keyring.class).close();
        assertThat(id).isNotNull();
    }

    private static void assertWhole(ErasureId id, KeyId key) {
        UUID subject = id.subject().value();
        assertThat(count("select count(*) from keyring.data_key where owner = ?", subject))
                .isEqualTo(1);
        assertThat(count("select count(*) from vault.credential where key = ?", key.value()))
                .isEqualTo(1);
        assertThat(count("select count(*) from vault.credential_key where key = ?", key.value()))
                .isEqualTo(1);
        assertThat(count("select count(*) from head.subject_ref where subject = ?", subject))
                .isEqualTo(1);
        assertThat(count("select count(*) from keyring.tombstone where owner in (?, ?)", subject, key.value()))
                .isZero();
    }

    private static void assertGone(ErasureId id, KeyId key) {
        UUID subject = id.subject().value();
        assertThat(count("select count(*) from keyring.data_key where owner = ?", subject))
                .isZero();
        assertThat(count("select count(*) from vault.credential where subject = ?", subject))
                .isZero();
        assertThat(count("select count(*) from vault.credential_key where key = ?", key.value()))
                .isZero();
        assertThat(count("select count(*) from head.subject_ref where subject = ?", subject))
                .isZero();
        assertThat(count("select count(*) from head.key_head where subject = ?", subject))
                .isZero();
        assertThat(count("select count(*) from keyring.tombstone where owner in (?, ?)", subject, key.value()))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"requested", "counted", "destroyed", "acknowledged", "signed", "concluded"})
    void P7_a_process_that_dies_anywhere_leaves_nobody_half_erased_and_the_next_one_ends_it(String place) {
        String user = "killed-" + place;
        KeyId key = keys.add(user, "secret");
        ErasureId id = request(user);
        everythingIsInKafka();
        ErasureSaga dying = saga(reached -> {
            if (reached.equals(place)) {
                throw new Killed();
            }
        });
        assertThatThrownBy(() -> {
                    for (int look = 0; look < 5; look++) {
                        dying.advance();
                        everythingIsInKafka();
                    }
                })
                .isInstanceOf(Killed.class);
        if (count("select status from head.erasure where erasure = ?", id.value()) == 1) {
            assertWhole(id, key);
        } else {
            assertGone(id, key);
        }

        ErasureSaga next = saga(reached -> {});
        next.advance();
        everythingIsInKafka();
        next.advance();
        assertThat(state(id)).isInstanceOf(Erasure.Erased.class);
        assertGone(id, key);
        assertThat(count("select count(*) from log.event where stream = ?", id.value()))
                .as("each step of the erasure once")
                .isEqualTo(3);
        String certificate =
                side.get(ErasureHeads.class).find(tenant, id).orElseThrow().certificate();
        NoteKey signer = side.get(PlatformSigner.class).key(ErasureSaga.SIGNER);
        assertThat(SignedNote.open(String.valueOf(certificate), signer)).isPresent();
    }

    @Test
    void from_the_request_on_nothing_more_is_written_about_the_user() {
        KeyId key = keys.add("closed", "secret");
        request("closed");
        assertThatThrownBy(() -> keys.disable(key))
                .isInstanceOfSatisfying(
                        Rejection.class, no -> assertThat(no.refusal().code()).isEqualTo("key-not-found"));
        assertThatThrownBy(() -> keys.add("closed", "another"))
                .isInstanceOfSatisfying(
                        Rejection.class, no -> assertThat(no.refusal().code()).isEqualTo("user-erased"));
        assertThat(count(
                        "select count(*) from vault.credential where subject = ?",
                        subject("closed").value()))
                .as("nor is a credential stored")
                .isEqualTo(1);
    }

    @Test
    void after_it_the_same_user_id_names_somebody_new() {
        keys.add("again", "secret");
        SubjectId before = subject("again");
        request("again");
        saga(reached -> {}).advance();
        assertThat(side.get(SubjectDirectory.class).find(tenant, "again")).isEmpty();
        KeyId key = keys.add("again", "new");
        assertThat(subject("again")).isNotEqualTo(before);
        keys.disable(key);
    }

    @Test
    void the_users_events_stay_byte_for_byte_and_are_shredded() {
        keys.add("shredded", "secret");
        SubjectId subject = subject("shredded");
        List<SealedEvent> before = events(subject);
        assertThat(before)
                .hasSize(2)
                .allSatisfy(event -> assertThat(open(event)).isInstanceOf(Opened.Clear.class));
        request("shredded");
        saga(reached -> {}).advance();
        List<SealedEvent> after = events(subject);
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).payload()).isEqualTo(before.get(i).payload());
        }
        forgetCaches(ErasureId.of(subject));
        assertThat(events(subject)).allSatisfy(event -> assertThat(open(event)).isInstanceOf(Opened.Shredded.class));
    }

    private static List<SealedEvent> events(SubjectId subject) {
        return side.get(EventLog.class).about(subject, 0, 100).stream()
                .map(StoredEvent::event)
                .toList();
    }

    private static Opened open(SealedEvent event) {
        return side.get(EventSealing.class).open(event);
    }

    @Test
    void a_store_that_is_not_through_is_named_and_waited_for() {
        keys.add("waiting", "secret");
        ErasureId id = request("waiting");
        side.get(DSLContext.class).execute("update log.relay set position = 0");
        ErasureSaga saga = saga(reached -> {});
        saga.advance();
        saga.advance();
        ErasureHeads.Head head = side.get(ErasureHeads.class).find(tenant, id).orElseThrow();
        assertThat(head.status()).isEqualTo(ErasureStatus.DESTROYED);
        assertThat(saga.words(head).stream().filter(word -> !word.through()))
                .singleElement()
                .satisfies(word -> {
                    assertThat(word.store()).isEqualTo("kafka");
                    assertThat(word.how()).isEqualTo("at position 0 of " + head.position());
                });
        assertThat(side.get(EventLog.class).relayed(Lane.FIRST)).isZero();
        everythingIsInKafka();
        saga.advance();
        assertThat(state(id)).isInstanceOf(Erasure.Erased.class);
    }

    @Test
    void keys_that_were_wrapped_anew_since_they_were_counted_are_counted_again() {
        KeyId key = keys.add("rewrapped", "secret");
        ErasureId id = request("rewrapped");
        ErasureSaga saga = saga(reached -> {
            if (reached.equals("counted")) {
                // What a rotation does, at the worst moment.
                side.get(DSLContext.class)
                        .execute(
                                "update vault.credential_key set wrapped = wrapped || '\\x00' where key = ?",
                                key.value());
            }
        });
        saga.advance();
        assertWhole(id, key);
        saga(reached -> {}).advance();
        assertGone(id, key);
    }

    @Test
    void an_erasure_asked_for_twice_is_one() {
        keys.add("twice", "secret");
        ErasureId first = request("twice");
        assertThat(request("twice")).isEqualTo(first);
        assertThat(count("select count(*) from log.event where stream = ?", first.value()))
                .isEqualTo(1);
    }

    @Test
    void requests_that_led_to_the_user_are_forgotten() {
        assertThat(side.get(IdempotencyRecords.class)).isNotNull();
        KeyId key = keys.add("idempotent", "secret");
        side.get(DSLContext.class)
                .execute(
                        "insert into head.idempotency (tenant, key_hash, fingerprint, stream_type, stream, sequence,"
                                + " position, created_at) values (?, sha256('a'), sha256('b'), 4, ?, 0, 1, now())",
                        tenant.value(),
                        key.value());
        request("idempotent");
        saga(reached -> {}).advance();
        assertThat(count("select count(*) from head.idempotency where stream = ?", key.value()))
                .isZero();
    }

    @Test
    void an_erasure_that_was_begun_before_a_legal_hold_goes_on_when_that_is_lifted() throws Exception {
        KeyId key = keys.add("held", "secret");
        ErasureId id = request("held");
        HoldId hold = new HoldId(UUID.randomUUID());
        try (Connection connection = side.get(DataSource.class).getConnection()) {
            HeldScope scope = new HeldScope(subject("held"), null, null);
            LegalHolds.insert(connection, tenant, hold, scope, 2, Instant.now());
            saga(place -> {}).advance();
            assertThat(state(id)).isInstanceOf(Erasure.Requested.class);
            assertWhole(id, key);
            LegalHolds.update(connection, hold, 4);
        }
        saga(place -> {}).advance();
        assertThat(state(id)).isNotInstanceOf(Erasure.Requested.class);
    }
}
