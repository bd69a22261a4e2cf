package io.byok.query.feed;

import static io.byok.query.jooq.Tables.AUDIT_EVENT;
import static io.byok.query.jooq.Tables.KEY_VIEW;
import static io.byok.query.jooq.Tables.PARKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.StreamId;
import io.byok.kernel.key.KeyEvent.KeyEnabled;
import io.byok.platform.event.EventName;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.StoredEvent;
import io.byok.query.Ledger;
import io.byok.query.QueryTestParts;
import io.byok.query.SampleHistory;
import io.byok.query.Shredder;
import io.byok.query.jooq.tables.records.ParkedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedTest {

    private Ledger ledger;
    private SampleHistory history;

    @BeforeEach
    void begin() {
        ledger = new Ledger();
        history = new SampleHistory(ledger, 1);
    }

    @AfterEach
    void end() {
        ledger.close();
    }

    @Test
    void redelivered_and_duplicated_records_change_nothing() throws Exception {
        history.grow(400);
        Map<String, List<String>> once;
        try (RunningFeed feed = new RunningFeed(ledger)) {
            ledger.publish(ledger.history());
            feed.reaches(ledger.end());
            once = ReadModels.of(ledger.jooq());
        }
        Random random = new Random(2);
        List<StoredEvent> again = new ArrayList<>(ledger.history());
        for (int i = 0; i < 2_000; i++) {
            again.add(ledger.history().get(random.nextInt(ledger.history().size())));
        }
        ledger.publish(again);
        history.grow(1);
        ledger.publish(List.of(ledger.history().getLast(), ledger.history().getLast()));
        try (RunningFeed feed = new RunningFeed(ledger)) {
            feed.reaches(ledger.end());
        }
        Map<String, List<String>> after = ReadModels.of(ledger.jooq());
        assertThat(ReadModels.facts(once)).hasSizeGreaterThan(400);
        assertThat(ReadModels.facts(after)).containsAll(ReadModels.facts(once));
        assertThat(ReadModels.facts(after).size() - ReadModels.facts(once).size())
                .isBetween(1, 4);
        assertThat(ledger.jooq().fetchCount(PARKED)).isZero();
    }

    @Test
    void the_size_of_batches_cannot_be_seen_in_the_read_models() throws Exception {
        history.grow(300);
        try (RunningFeed feed = new RunningFeed(ledger)) {
            for (int from = 0; from < ledger.history().size(); from += 7) {
                ledger.publish(ledger.history()
                        .subList(from, Math.min(from + 7, ledger.history().size())));
            }
            feed.reaches(ledger.end());
        }
        try (Ledger other = new Ledger()) {
            new SampleHistory(other, 1).grow(300);
            other.publish(other.history());
            try (RunningFeed feed = new RunningFeed(other)) {
                feed.reaches(other.end());
            }
            assertThat(readable(other)).isEqualTo(readable(ledger));
        }
    }

    /** What does not hang on the sealed bytes, which are others in each ledger. */
    private static Map<String, List<String>> readable(Ledger ledger) {
        Map<String, List<String>> rows = ReadModels.of(ledger.jooq());
        rows.keySet().removeAll(List.of("audit_leaf", "audit_tile", "audit_log"));
        return rows;
    }

    @Test
    void a_poisoned_record_parks_its_stream_and_no_other() throws Exception {
        SampleHistory.User user = history.addUser();
        SampleHistory.Key broken = history.addKey(user);
        SampleHistory.Key fine = history.addKey(user);
        SampleHistory.Key future = history.addKey(user);
        ledger.append(tampered(sealed(broken)));
        enable(broken);
        ledger.append(unknown(sealed(future)));
        enable(future);
        enable(fine);
        enable(fine);
        ledger.publish(ledger.history());
        try (RunningFeed feed = new RunningFeed(ledger)) {
            feed.reaches(ledger.end());
            assertThat(sequence(broken)).isZero();
            assertThat(sequence(future)).isZero();
            assertThat(sequence(fine)).isEqualTo(2);
            assertThat(parked("keys", broken))
                    .extracting(ParkedRecord::getReason)
                    .satisfiesExactly(
                            reason -> assertThat(reason).contains("the seal does not hold"),
                            reason -> assertThat(reason).contains("waits"));
            assertThat(parked("audit", future))
                    .extracting(ParkedRecord::getReason)
                    .satisfiesExactly(
                            reason -> assertThat(reason).contains("unknown"),
                            reason -> assertThat(reason).contains("waits"));
            assertThat(parked("keys", fine)).isEmpty();
            assertThat(feed.registry().get("byok.feed.parked").gauge().value())
                    .isEqualTo(16); // four records in each of four projections
        }
    }

    @Test
    void an_event_that_a_read_model_refuses_parks_its_stream_in_that_read_model_only() throws Exception {
        history.grow(50);
        SampleHistory.Key refused = history.addKey(history.addUser());
        enable(refused);
        history.grow(50);
        Projector picky = new Projector() {
            private final Projector keys = QueryTestParts.projectors().getFirst();

            @Override
            public String name() {
                return keys.name();
            }

            @Override
            public List<Table<?>> tables() {
                return keys.tables();
            }

            @Override
            public void apply(DSLContext view, Batch batch) {
                keys.apply(view, batch);
                batch.each(KeyEnabled.class, (_, event) -> {
                    if (event.key().equals(refused.id)) {
                        throw new IllegalStateException("sk-secret in a message");
                    }
                });
            }
        };
        List<Projector> projectors = new ArrayList<>(QueryTestParts.projectors());
        projectors.set(0, picky);
        ledger.publish(ledger.history());
        try (RunningFeed feed = new RunningFeed(ledger, projectors)) {
            feed.reaches(ledger.end());
        }
        assertThat(parked("keys", refused))
                .first()
                .satisfies(row -> assertThat(row.getReason()).isEqualTo("the projector threw IllegalStateException"));
        assertThat(ledger.jooq().fetchCount(PARKED, PARKED.STREAM.ne(refused.id.value())))
                .isZero();
        assertThat(parked("audit", refused)).isEmpty();
        assertThat(sequence(refused)).isZero();
    }

    @Test
    void what_others_write_to_the_topic_takes_no_position() throws Exception {
        history.grow(20);
        StoredEvent first = ledger.history().getFirst();
        ledger.send(List.of(new ProducerRecord<>("any", 0, null, "not ours".getBytes(StandardCharsets.UTF_8))));
        ledger.publish(List.of(new StoredEvent(1_000_000, tampered(first.event()))));
        ledger.publish(ledger.history());
        try (RunningFeed feed = new RunningFeed(ledger)) {
            feed.reaches(ledger.end());
            assertThat(feed.applied().known()).isEqualTo(ledger.end());
        }
        assertThat(ledger.jooq()
                        .selectFrom(PARKED)
                        .where(PARKED.PROJECTION.eq("keys"))
                        .fetch())
                .hasSize(2)
                .allSatisfy(row -> {
                    assertThat(row.getPosition()).isNull();
                    assertThat(row.getKafkaOffset()).isLessThan(2);
                });
        assertThat(ReadModels.facts(ReadModels.of(ledger.jooq()))).hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void positions_that_kafka_lost_are_taken_from_the_event_store() throws Exception {
        history.grow(60);
        List<StoredEvent> published = new ArrayList<>(ledger.history());
        published.subList(10, 30).clear();
        published.subList(0, 3).clear();
        ledger.publish(published);
        try (RunningFeed feed = new RunningFeed(ledger)) {
            feed.reaches(ledger.end());
            assertThat(feed.registry().get("byok.feed.gaps").counter().count()).isPositive();
        }
        assertThat(positions()).hasSize((int) ledger.end());
    }

    @Test
    void a_shredded_event_is_a_fact_without_content_and_stops_nobody() throws Exception {
        SampleHistory.User user = history.addUser();
        SampleHistory.Key key = history.addKey(user);
        history.grow(30);
        new Shredder(ledger, history).erase(user);
        ledger.publish(ledger.history());
        try (RunningFeed feed = new RunningFeed(ledger)) {
            feed.reaches(ledger.end());
        }
        assertThat(ledger.jooq()
                        .select(AUDIT_EVENT.OUTCOME)
                        .from(AUDIT_EVENT)
                        .where(AUDIT_EVENT.KEY.eq(key.id.value()))
                        .and(AUDIT_EVENT.ACTION.eq("key-added"))
                        .fetch(AUDIT_EVENT.OUTCOME))
                .containsExactly("erased");
        assertThat(ledger.jooq().fetchCount(PARKED)).isZero();
        assertThat(positions()).hasSize((int) ledger.end());
    }

    @Test
    void two_nodes_apply_everything_once_and_one_takes_over_from_the_other() throws Exception {
        history.grow(200);
        try (RunningFeed second = new RunningFeed(ledger)) {
            try (RunningFeed first = new RunningFeed(ledger)) {
                ledger.publish(ledger.history());
                first.reaches(ledger.end());
                second.reaches(ledger.end());
            }
            int before = ledger.history().size();
            history.grow(100);
            ledger.publish(ledger.history().subList(before, ledger.history().size()));
            second.reaches(ledger.end());
        }
        assertThat(positions()).hasSize((int) ledger.end());
    }

    private SealedEvent sealed(SampleHistory.Key key) {
        return ledger.seal(
                key.tenant, key.user.subject(), StreamId.of(key.id), new KeyEnabled(key.id, null, Instant.EPOCH));
    }

    private void enable(SampleHistory.Key key) {
        ledger.append(sealed(key));
    }

    private static SealedEvent tampered(SealedEvent event) {
        byte[] payload = event.payload().clone();
        payload[payload.length - 1] ^= 1;
        return with(event, event.name(), payload);
    }

    private static SealedEvent unknown(SealedEvent event) {
        return with(event, new EventName((short) 999, "unknown-999", (short) 1), event.payload());
    }

    private static SealedEvent with(SealedEvent event, EventName name, byte[] payload) {
        return new SealedEvent(
                event.eventId(),
                event.tenant(),
                event.subject(),
                event.stream(),
                event.sequence(),
                name,
                event.occurredAt(),
                payload);
    }

    private long sequence(SampleHistory.Key key) {
        return ledger.jooq()
                .select(KEY_VIEW.SEQUENCE)
                .from(KEY_VIEW)
                .where(KEY_VIEW.KEY.eq(key.id.value()))
                .fetchSingle()
                .value1();
    }

    private List<ParkedRecord> parked(String projection, SampleHistory.Key key) {
        return ledger.jooq()
                .selectFrom(PARKED)
                .where(PARKED.PROJECTION.eq(projection))
                .and(PARKED.STREAM.eq(key.id.value()))
                .orderBy(PARKED.POSITION)
                .fetch();
    }

    private List<Long> positions() {
        return ledger.jooq()
                .selectDistinct(AUDIT_EVENT.POSITION)
                .from(AUDIT_EVENT)
                .fetch(AUDIT_EVENT.POSITION);
    }
}
