package io.byok.query.replay;

import static io.byok.query.jooq.Tables.AUDIT_EVENT;
import static io.byok.query.jooq.Tables.PARKED;
import static io.byok.query.jooq.Tables.USAGE_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.TokenId;
import io.byok.platform.web.Caller;
import io.byok.query.Ledger;
import io.byok.query.QueryTestParts;
import io.byok.query.SampleHistory;
import io.byok.query.feed.EventOpener;
import io.byok.query.feed.Projector;
import io.byok.query.feed.RunningFeed;
import io.byok.query.jooq.tables.records.ParkedRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** With {@code -Dbyok.records=1000000}: so many records. */
class DisorderTest {

    private static final Logger log = LoggerFactory.getLogger(DisorderTest.class);
    private static final int RECORDS = Integer.getInteger("byok.records", 12_000);

    /** Two to ten times each: six, in the middle. */
    private static final int EVENTS = RECORDS / 6;

    private static final int CHUNK = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60 + RECORDS / 500);

    @Test
    void P4_read_models_are_those_of_a_clean_run_however_often_and_in_whatever_order_records_come() throws Exception {
        try (Ledger ledger = new Ledger()) {
            SampleHistory history = new SampleHistory(ledger, 5).grow(EVENTS);
            Disorder disorder = new Disorder(List.copyOf(ledger.history()), 6);
            int half = disorder.size() / 2;
            try (RunningFeed second = standby(ledger, disorder, half)) {
                publish(ledger, disorder, half, disorder.size());
                history.grow(1); // behind everything else in the topic: whoever has reached it has read it all
                ledger.publish(ledger.history()
                        .subList(disorder.end(), ledger.history().size()));
                assertThat(second.applied().await(ledger.end(), PATIENCE)).isTrue();
                log.info(
                        "{} events in {} records, {} foreign ones; {} holes met by the second feed",
                        ledger.end(),
                        disorder.size(),
                        disorder.foreign(),
                        second.registry().get("byok.feed.gaps").counter().count());
            }
            assertThat(disorder.size()).isGreaterThan(RECORDS * 9 / 10);
            everythingIsThereOnce(ledger, history);
            whatOthersWroteIsParked(ledger, disorder.foreign());
            ReplayView clean = replay(ledger, history);
            assertThat(clean.equal()).as("digests of a clean run: %s", clean).isTrue();
        }
    }

    /** One feed works and ends amid the first half; the other goes on from what is stored. */
    private static RunningFeed standby(Ledger ledger, Disorder disorder, int half) throws Exception {
        try (RunningFeed first = new RunningFeed(ledger)) {
            publish(ledger, disorder, 0, half);
            assertThat(first.applied().await(disorder.end() / 8, PATIENCE)).isTrue();
            assertThat(first.registry().get("byok.feed.gaps").counter().count()).isPositive();
            return new RunningFeed(ledger);
        }
    }

    private static void publish(Ledger ledger, Disorder disorder, int from, int to) {
        for (int at = from; at < to; at += CHUNK) {
            ledger.send(disorder.records(at, Math.min(at + CHUNK, to)));
        }
    }

    private static void everythingIsThereOnce(Ledger ledger, SampleHistory history) {
        assertThat(ledger.jooq()
                        .select(DSL.countDistinct(AUDIT_EVENT.POSITION))
                        .from(AUDIT_EVENT)
                        .fetchSingle()
                        .value1())
                .isEqualTo((int) ledger.end());
        assertThat(ledger.jooq()
                        .select(DSL.sum(USAGE_DAY.AMOUNT))
                        .from(USAGE_DAY)
                        .where(USAGE_DAY.MEASURE.eq("requests"))
                        .fetchSingle()
                        .value1()
                        .intValueExact())
                .isEqualTo(history.reported().size());
    }

    private static void whatOthersWroteIsParked(Ledger ledger, int foreign) {
        for (Projector projector : QueryTestParts.projectors()) {
            List<ParkedRecord> parked = ledger.jooq()
                    .selectFrom(PARKED)
                    .where(PARKED.PROJECTION.eq(projector.name()))
                    .fetch();
            assertThat(parked).as(projector.name()).hasSize(foreign);
            assertThat(parked).extracting(ParkedRecord::getPosition).containsOnlyNulls();
            assertThat(parked).extracting(ParkedRecord::getKafkaOffset).doesNotHaveDuplicates();
        }
    }

    private static ReplayView replay(Ledger ledger, SampleHistory history) throws Exception {
        ReplayJournal journal = new ReplayJournal(ledger.jooq(), InstantSource.system());
        Caller operator = new Caller(history.tenants().getFirst(), new TokenId(new UUID(1, 1)), Set.of(), "req-1");
        try (Replays replays = new Replays(
                ledger.jooq(),
                ledger.database(),
                QueryTestParts.store(ledger),
                new EventOpener(ledger.sealing()),
                QueryTestParts.projectors(),
                journal)) {
            String id = replays.start(operator, "all", ReplayMode.VERIFY).id();
            replays.awaitEnd();
            return journal.find(operator.tenant(), ReplayId.parse(id).orElseThrow())
                    .orElseThrow();
        }
    }
}
