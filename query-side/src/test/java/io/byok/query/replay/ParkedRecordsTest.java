package io.byok.query.replay;

import static io.byok.query.jooq.Tables.KEY_VIEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.Refusal;
import io.byok.kernel.Rejection;
import io.byok.kernel.StreamId;
import io.byok.kernel.TokenId;
import io.byok.kernel.key.KeyEvent.KeyDisabled;
import io.byok.kernel.key.KeyEvent.KeyEnabled;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.web.Caller;
import io.byok.query.Ledger;
import io.byok.query.QueryTestParts;
import io.byok.query.SampleHistory;
import io.byok.query.feed.EventOpener;
import io.byok.query.feed.Lease;
import io.byok.query.feed.Redrive;
import io.byok.query.feed.RunningFeed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParkedRecordsTest {

    private static final Instant AT = Instant.parse("2026-11-02T00:00:00Z");

    private Ledger ledger;
    private SampleHistory.Key broken;
    private SampleHistory.Key fine;
    private Caller operator;
    private ParkedRecords parked;

    @BeforeEach
    void a_key_whose_second_event_of_four_is_to_be_broken() {
        ledger = new Ledger();
        SampleHistory history = new SampleHistory(ledger, 1);
        SampleHistory.User user = history.addUser();
        broken = history.addKey(user);
        fine = history.addKey(user);
        operator = new Caller(user.tenant(), new TokenId(new UUID(1, 1)), Set.of(), "req-1");
        Redrive redrive = new Redrive(ledger.jooq(), QueryTestParts.store(ledger), new EventOpener(ledger.sealing()));
        parked = new ParkedRecords(
                ledger.jooq(), ledger.database(), QueryTestParts.projectors(), redrive, InstantSource.fixed(AT));
    }

    @AfterEach
    void end() {
        ledger.close();
    }

    private SealedEvent disable() {
        return ledger.seal(
                broken.tenant, broken.user.subject(), StreamId.of(broken.id), new KeyDisabled(broken.id, null, AT));
    }

    private SealedEvent enable(SampleHistory.Key key) {
        return ledger.seal(key.tenant, key.user.subject(), StreamId.of(key.id), new KeyEnabled(key.id, null, AT));
    }

    private static SealedEvent tampered(SealedEvent event) {
        byte[] payload = event.payload().clone();
        payload[payload.length - 1] ^= 1;
        return new SealedEvent(
                event.eventId(),
                event.tenant(),
                event.subject(),
                event.stream(),
                event.sequence(),
                event.name(),
                event.occurredAt(),
                payload);
    }

    private void goOn() {
        ledger.append(enable(broken));
        ledger.append(disable());
        ledger.append(enable(fine));
    }

    private void feed(List<StoredEvent> records) throws Exception {
        ledger.publish(records);
        try (RunningFeed feed = new RunningFeed(ledger)) {
            feed.reaches(ledger.end());
        }
    }

    /** The store holds what is right, and Kafka what somebody has touched. */
    private void touchedInKafka() throws Exception {
        StoredEvent right = ledger.append(disable());
        goOn();
        List<StoredEvent> records = new ArrayList<>(ledger.history());
        records.set((int) right.position() - 1, new StoredEvent(right.position(), tampered(right.event())));
        feed(records);
    }

    private void touchedInTheStore() throws Exception {
        ledger.append(tampered(disable()));
        goOn();
        feed(ledger.history());
    }

    private long sequence(SampleHistory.Key key) {
        return ledger.jooq()
                .select(KEY_VIEW.SEQUENCE)
                .from(KEY_VIEW)
                .where(KEY_VIEW.KEY.eq(key.id.value()))
                .fetchSingle()
                .value1();
    }

    private List<ParkedView> of(String projection) {
        return parked.list(0, 10_000).stream()
                .filter(one -> one.projection().equals(projection))
                .toList();
    }

    private long first(String projection) {
        return Long.parseLong(of(projection).getFirst().id());
    }

    private ReplayView replay(ReplayMode mode) throws Exception {
        ReplayJournal journal = new ReplayJournal(ledger.jooq(), InstantSource.system());
        try (Replays replays = new Replays(
                ledger.jooq(),
                ledger.database(),
                QueryTestParts.store(ledger),
                new EventOpener(ledger.sealing()),
                QueryTestParts.projectors(),
                journal)) {
            String id = replays.start(operator, "keys", mode).id();
            replays.awaitEnd();
            return journal.find(operator.tenant(), ReplayId.parse(id).orElseThrow())
                    .orElseThrow();
        }
    }

    @Test
    void a_parked_stream_waits_and_the_others_go_on_and_what_is_shown_says_where_and_why() throws Exception {
        touchedInKafka();
        assertThat(sequence(broken)).isZero();
        assertThat(sequence(fine)).isOne();
        assertThat(of("keys")).hasSize(3).allSatisfy(one -> {
            assertThat(one.stream()).isEqualTo("key/" + broken.id.value());
            assertThat(one.tenantId()).isEqualTo(broken.tenant.text());
            assertThat(one.discarded()).isNull();
        });
        assertThat(of("keys").getFirst().reason()).contains("the seal does not hold");
        assertThat(of("keys").getFirst().event()).isEqualTo("key-disabled 1");
        assertThat(of("keys").getLast().reason()).contains("waits");
    }

    @Test
    void a_stream_that_is_tried_again_is_applied_in_its_order_from_the_store_and_equals_a_replay() throws Exception {
        touchedInKafka();
        long last = Long.parseLong(of("keys").getLast().id()); // whichever is named, its stream begins at the first
        assertThat(parked.retry(last)).isEqualTo(new ParkedView.Retried(3, 0));
        assertThat(of("keys")).isEmpty();
        assertThat(of("usage")).hasSize(3);
        assertThat(sequence(broken)).isEqualTo(3);
        assertThat(replay(ReplayMode.VERIFY).digests())
                .allSatisfy((_, digest) -> assertThat(digest.equal()).isTrue());
        ledger.append(enable(broken));
        feed(List.of(ledger.history().getLast()));
        assertThat(sequence(broken)).isEqualTo(4);
        assertThatThrownBy(() -> parked.retry(last)).satisfies(refused(ParkedRefusal.NOT_FOUND));
    }

    @Test
    void what_still_cannot_be_applied_keeps_its_stream_waiting_and_given_up_it_lets_it_go_on() throws Exception {
        touchedInTheStore();
        long head = first("usage");
        assertThat(parked.retry(head)).isEqualTo(new ParkedView.Retried(0, 3));

        assertThat(parked.discard(head, operator, "touched on disk, case 17").discarded())
                .isEqualTo(new ParkedView.Discarded(AT, operator.actor(), "touched on disk, case 17"));
        assertThatThrownBy(() -> parked.retry(head)).satisfies(refused(ParkedRefusal.DISCARDED));
        assertThat(parked.retry(Long.parseLong(of("usage").get(1).id()))).isEqualTo(new ParkedView.Retried(2, 0));
        assertThat(of("usage")).hasSize(1);
    }

    @Test
    void the_key_list_never_skips_an_event_of_a_key_and_what_was_given_up_is_skipped_by_replays_as_well()
            throws Exception {
        touchedInTheStore();
        long head = first("keys");
        parked.discard(head, operator, "touched on disk, case 17");
        assertThat(parked.retry(Long.parseLong(of("keys").get(1).id()))).isEqualTo(new ParkedView.Retried(0, 2));
        assertThat(of("keys").get(1).reason()).isEqualTo("the projector threw IllegalStateException");
        assertThat(sequence(broken)).isZero();

        assertThat(replay(ReplayMode.VERIFY).digests())
                .allSatisfy((_, digest) -> assertThat(digest.equal()).isTrue());
        assertThat(replay(ReplayMode.REBUILD).status()).isEqualTo("succeeded");
        assertThat(of("keys"))
                .hasSize(3)
                .filteredOn(one -> one.discarded() != null)
                .singleElement()
                .satisfies(one -> assertThat(one.position()).isNotNull());
        assertThat(sequence(broken)).isZero();
        assertThat(sequence(fine)).isOne();
    }

    @Test
    void more_than_a_page_of_waiting_events_is_applied() throws Exception {
        StoredEvent right = ledger.append(disable());
        for (int i = 0; i < 510; i++) {
            ledger.append(enable(broken));
        }
        List<StoredEvent> records = new ArrayList<>(ledger.history());
        records.set((int) right.position() - 1, new StoredEvent(right.position(), tampered(right.event())));
        feed(records);
        assertThat(parked.retry(first("keys"))).isEqualTo(new ParkedView.Retried(511, 0));
        assertThat(sequence(broken)).isEqualTo(511);
    }

    @Test
    void the_audit_neither_takes_a_fact_late_nor_leaves_one_out() throws Exception {
        touchedInKafka();
        long head = first("audit");
        assertThatThrownBy(() -> parked.retry(head)).satisfies(refused(ParkedRefusal.ORDERED));
        assertThatThrownBy(() -> parked.discard(head, operator, "no")).satisfies(refused(ParkedRefusal.ORDERED));
        assertThat(of("audit"))
                .hasSize(3)
                .allSatisfy(one -> assertThat(one.discarded()).isNull());
    }

    @Test
    void a_record_that_is_none_of_ours_can_only_be_discarded() throws Exception {
        ledger.send(List.of(new ProducerRecord<>("any", 0, null, "not ours".getBytes(StandardCharsets.UTF_8))));
        feed(ledger.history());
        long foreign = first("audit");
        assertThatThrownBy(() -> parked.retry(first("keys"))).satisfies(refused(ParkedRefusal.FOREIGN));
        assertThat(parked.discard(foreign, operator, "noise").position()).isNull();
    }

    @Test
    void nothing_is_decided_while_a_replay_runs() throws Exception {
        touchedInKafka();
        try (Lease _ = Lease.take(ledger.database(), Lease.REPLAY).orElseThrow()) {
            assertThatThrownBy(() -> parked.retry(first("keys"))).satisfies(refused(ReplayRefusal.RUNNING));
        }
        assertThat(of("keys")).hasSize(3);
    }

    private static Consumer<Throwable> refused(Refusal with) {
        return thrown -> assertThat(thrown)
                .isInstanceOfSatisfying(
                        Rejection.class,
                        rejection -> assertThat(rejection.refusal()).isEqualTo(with));
    }
}
