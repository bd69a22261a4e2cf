package io.byok.query.replay;

import static io.byok.query.jooq.Tables.AUDIT_LEAF;
import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.TokenId;
import io.byok.platform.seal.CheckpointSigner;
import io.byok.platform.web.Caller;
import io.byok.query.QueryTestParts;
import io.byok.query.audit.tree.SignedLedger;
import io.byok.query.feed.EventOpener;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

/**
 * P6 for the event store, which no export shows: whatever somebody with all rights changes in it, a replay names the first
 * event that is wrong. {@code -Dbyok.eventTamperings=1000} for the long run.
 */
class EventTamperTest {

    private static final int ROUNDS = Integer.getInteger("byok.eventTamperings", Tampered.values().length);

    private static final long FAR = 1_000_000;

    private enum Tampered {
        BYTE_OF_AN_EVENT,
        DATE,
        DELETED,
        SWAPPED,
        INSERTED,
        TRUNCATED
    }

    private final Random random = new Random(ROUNDS);

    @Test
    void every_tampering_with_events_is_found_with_the_first_position_that_is_wrong() throws Exception {
        try (SignedLedger log =
                new SignedLedger(13).grow(90, 20).sign().grow(60, 7).sign()) {
            DSLContext database = log.ledger().jooq();
            database.execute("create table public.kept_event as table log.event");
            ReplayJournal journal = new ReplayJournal(
                    database,
                    InstantSource.system(),
                    new SignedReports(new CheckpointSigner(log.ledger().keyring(), false)));
            Replays replays = new Replays(
                    database,
                    log.ledger().database(),
                    QueryTestParts.store(log.ledger()),
                    new EventOpener(log.ledger().sealing()),
                    List.of(log.projector()),
                    journal);
            Caller caller = new Caller(log.tenant(), new TokenId(new UUID(1, 1)), Set.of(), "req-1");
            List<Long> own = database.fetch(
                            "select position from log.event where tenant = ? order by position",
                            log.tenant().value())
                    .map(row -> row.get(0, Long.class));
            for (int round = 0; round < ROUNDS; round++) {
                Tampered tampered = Tampered.values()[round % Tampered.values().length];
                long position = own.get(random.nextInt(own.size() - 1));
                inTheEventStore(database, tampered, position, own.getLast());
                ReplayView begun = replays.start(caller, "audit", ReplayMode.VERIFY);
                replays.awaitEnd();
                ReplayView found = journal.find(
                                log.tenant(), ReplayId.parse(begun.id()).orElseThrow())
                        .orElseThrow();
                assertThat(named(found, database, log.tenant().value()))
                        .as("%s at %s: %s %s", tampered, position, found.failure(), found.differences())
                        .isEqualTo(position);
                putBack(database);
            }
            ReplayView begun = replays.start(caller, "audit", ReplayMode.VERIFY);
            replays.awaitEnd();
            ReplayView clean = journal.find(
                            log.tenant(), ReplayId.parse(begun.id()).orElseThrow())
                    .orElseThrow();
            assertThat(clean.equal()).as("put back: %s", clean.differences()).isTrue();
            replays.close();
        }
    }

    private static final Pattern FAILURE =
            Pattern.compile("the event store (?:has no position (?<missing>\\d+)|ends at (?<last>\\d+), before \\d+)");

    /** The first position that a replay has something to say of. */
    private static long named(ReplayView replay, DSLContext database, UUID tenant) {
        if (replay.failure() != null) {
            Matcher told = FAILURE.matcher(replay.failure());
            assertThat(told.matches()).as(replay.failure()).isTrue();
            return told.group("last") == null
                    ? Long.parseLong(told.group("missing"))
                    : Long.parseLong(told.group("last")) + 1;
        }
        Stream<Long> events = replay.differences().stream()
                .filter(row -> row.table().equals("event"))
                .map(row -> Long.valueOf(row.key().get("position")));
        Stream<Long> leaves = replay.differences().stream()
                .filter(row -> row.table().equals("audit_leaf"))
                .map(row -> database.select(AUDIT_LEAF.POSITION)
                        .from(AUDIT_LEAF)
                        .where(AUDIT_LEAF.TENANT.eq(tenant))
                        .and(AUDIT_LEAF.INDEX.eq(Long.valueOf(row.key().get("index"))))
                        .fetchOptional(AUDIT_LEAF.POSITION)
                        .orElse(Long.MAX_VALUE));
        return Stream.concat(events, leaves).mapToLong(Long::longValue).min().orElse(-1);
    }

    private void inTheEventStore(DSLContext database, Tampered tampered, long position, long other) {
        withoutTrigger(database, inside -> {
            switch (tampered) {
                case BYTE_OF_AN_EVENT ->
                    inside.execute(
                            "update log.event set payload = set_byte(payload, at, get_byte(payload, at) # ?) from"
                                    + " (select ?::int % octet_length(payload) as at from log.event where position = ?) one"
                                    + " where position = ?",
                            1 + random.nextInt(255), random.nextInt(1 << 20), position, position);
                case DATE ->
                    inside.execute(
                            "update log.event set occurred_at = occurred_at - interval '1 day' where position = ?",
                            position);
                case DELETED -> inside.execute("delete from log.event where position = ?", position);
                case SWAPPED -> {
                    move(inside, position, FAR);
                    move(inside, other, position);
                    move(inside, FAR, other);
                }
                case INSERTED -> {
                    inside.execute("update log.event set position = position + ? where position >= ?", FAR, position);
                    inside.execute("update log.event set position = position - ? where position > ?", FAR - 1, FAR);
                    inside.execute(
                            "insert into log.event select ?, gen_random_uuid(), tenant, subject, stream_type, stream,"
                                    + " sequence + 1000, name, revision, occurred_at, payload from log.event where position = ?",
                            position,
                            position + 1);
                }
                case TRUNCATED -> inside.execute("delete from log.event where position >= ?", position);
            }
        });
    }

    private static void move(DSLContext inside, long from, long to) {
        inside.execute("update log.event set position = ? where position = ?", to, from);
    }

    private static void putBack(DSLContext database) {
        withoutTrigger(database, inside -> {
            inside.execute("delete from log.event");
            inside.execute("insert into log.event table public.kept_event");
        });
    }

    private static void withoutTrigger(DSLContext database, Consumer<DSLContext> work) {
        database.transaction(transaction -> {
            DSLContext inside = transaction.dsl();
            inside.execute("alter table log.event disable trigger event_is_append_only");
            work.accept(inside);
            inside.execute("alter table log.event enable trigger event_is_append_only");
        });
    }
}
