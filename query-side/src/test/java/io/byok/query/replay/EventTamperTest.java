package io.byok.query.replay;

import static io.byok.query.jooq.Tables.AUDIT_LEAF;
import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.platform.web.Caller;
import io.byok.query.QueryTestParts;
import io.byok.query.audit.tree.SignedLedger;
import io.byok.query.feed.EventOpener;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** P6, from inside: whatever is changed in the event store, a replay finds it and names the first event that is wrong. */
class EventTamperTest {

    private static final Logger LOG = LoggerFactory.getLogger(EventTamperTest.class);
    private static final int ROUNDS = Integer.getInteger("byok.eventTamperings", EventTampering.values().length);

    private SignedLedger log;
    private ReplayJournal journal;
    private Replays replays;

    @BeforeEach
    void begin() {
        log = new SignedLedger(31).grow(60, 33).sign().grow(60, 7).sign();
        journal = new ReplayJournal(log.ledger().jooq(), InstantSource.system());
        replays = new Replays(
                log.ledger().jooq(),
                log.ledger().database(),
                QueryTestParts.store(log.ledger()),
                new EventOpener(log.ledger().sealing()),
                List.of(log.projector()),
                journal);
        log.ledger().jooq().execute("create table kept_event as table log.event");
    }

    @AfterEach
    void end() throws Exception {
        replays.close();
        log.close();
    }

    private void inTheEventStore(Consumer<DSLContext> work) {
        log.ledger().jooq().transaction(transaction -> {
            DSLContext inside = transaction.dsl();
            inside.execute("alter table log.event disable trigger event_is_append_only");
            work.accept(inside);
            inside.execute("alter table log.event enable trigger event_is_append_only");
        });
    }

    /** As a tenant sees it: differences are shown to those whose events they are. */
    private ReplayView verify(TenantId tenant) throws Exception {
        Caller caller = new Caller(tenant, new TokenId(new UUID(1, 1)), Set.of(), "req-1");
        ReplayView begun = replays.start(caller, "audit", ReplayMode.VERIFY);
        replays.awaitEnd();
        return journal.find(tenant, ReplayId.parse(begun.id()).orElseThrow()).orElseThrow();
    }

    /** The first position that a difference names, by itself or by its leaf. */
    private OptionalLong named(ReplayView replay) {
        return replay.differences().stream()
                .filter(row -> row.key().containsKey("position") || row.table().equals("audit_leaf"))
                .mapToLong(row -> row.key().containsKey("position")
                        ? Long.parseLong(row.key().get("position"))
                        : leaf(row.key()))
                .min();
    }

    private long leaf(Map<String, String> key) {
        return log.ledger()
                .jooq()
                .select(AUDIT_LEAF.POSITION)
                .from(AUDIT_LEAF)
                .where(AUDIT_LEAF.TENANT.eq(UUID.fromString(key.get("tenant"))))
                .and(AUDIT_LEAF.INDEX.eq(Long.parseLong(key.get("index"))))
                .fetchOptional(AUDIT_LEAF.POSITION)
                .orElse(Long.MAX_VALUE);
    }

    @Test
    void every_tampering_of_events_is_found_and_untouched_ones_are_not() throws Exception {
        Random random = new Random(ROUNDS);
        long last = log.ledger().history().getLast().position();
        Map<EventTampering, Integer> found = new EnumMap<>(EventTampering.class);
        for (int round = 0; round < ROUNDS; round++) {
            EventTampering tampering = EventTampering.values()[round % EventTampering.values().length];
            long position = 2 + random.nextLong(last - 2);
            TenantId tenant =
                    log.ledger().history().get((int) position - 1).event().tenant();
            inTheEventStore(inside -> tampering.apply(inside, position, last, random));
            ReplayView replay = verify(tenant);
            String what = tampering + " at " + position + " of " + last + ", round " + round + ": " + replay.failure()
                    + " " + replay.differences();
            switch (tampering) {
                case BYTE_OF_A_PAYLOAD, TIME_OF_AN_EVENT, SWAPPED, INSERTED ->
                    assertThat(named(replay)).as(what).hasValue(position);
                case DELETED ->
                    assertThat(replay.failure()).as(what).isEqualTo("the event store has no position " + position);
                case TRUNCATED, DELETED_AND_CLOSED_UP -> {
                    long end = tampering == EventTampering.TRUNCATED ? position - 1 : last - 1;
                    assertThat(replay.failure())
                            .as(what)
                            .isEqualTo("the event store ends at " + end + ", before " + last);
                }
            }
            found.merge(tampering, 1, Integer::sum);
            inTheEventStore(inside -> {
                inside.execute("delete from log.event");
                inside.execute("insert into log.event table kept_event");
            });
            if (round % 7 == 0 || ROUNDS > EventTampering.values().length) {
                ReplayView clean = verify(tenant);
                assertThat(clean.equal())
                        .as("%s %s", clean.failure(), clean.differences())
                        .isTrue();
            }
        }
        LOG.info("tamperings of events that were found: {}", found);
        assertThat(found).containsOnlyKeys(EventTampering.values());
    }
}
