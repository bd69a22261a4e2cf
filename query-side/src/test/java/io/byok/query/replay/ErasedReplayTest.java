package io.byok.query.replay;

import static io.byok.query.jooq.Tables.AUDIT_EVENT;
import static io.byok.query.jooq.Tables.PARKED;
import static io.byok.query.jooq.Tables.USAGE_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.platform.web.Caller;
import io.byok.query.Ledger;
import io.byok.query.QueryTestParts;
import io.byok.query.SampleHistory;
import io.byok.query.Shredder;
import io.byok.query.feed.EventOpener;
import io.byok.query.feed.ReadModels;
import io.byok.query.feed.RunningFeed;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** P7 and P5 on the read side: users are forgotten, and a replay finds just what is left. */
class ErasedReplayTest {

    private Ledger ledger;
    private SampleHistory history;
    private ReplayJournal journal;
    private Replays replays;
    private int published;

    @BeforeEach
    void begin() {
        ledger = new Ledger();
        history = new SampleHistory(ledger, 11).grow(600);
        journal = new ReplayJournal(ledger.jooq(), InstantSource.system());
        replays = new Replays(
                ledger.jooq(),
                ledger.database(),
                QueryTestParts.store(ledger),
                new EventOpener(ledger.sealing()),
                QueryTestParts.projectors(),
                journal);
    }

    @AfterEach
    void end() throws Exception {
        replays.close();
        ledger.close();
    }

    private void feed(int upTo) throws Exception {
        ledger.publish(ledger.history().subList(published, upTo));
        published = upTo;
        try (RunningFeed feed = new RunningFeed(ledger)) {
            feed.reaches(upTo);
        }
    }

    private ReplayView run(ReplayMode mode) throws Exception {
        TenantId tenant = history.tenants().getFirst();
        Caller caller = new Caller(tenant, new TokenId(new UUID(1, 1)), Set.of(), "req-1");
        ReplayView begun = replays.start(caller, "all", mode);
        replays.awaitEnd();
        ReplayView over =
                journal.find(tenant, ReplayId.parse(begun.id()).orElseThrow()).orElseThrow();
        assertThat(over.status()).as("%s", over.failure()).isEqualTo("succeeded");
        return over;
    }

    private List<String> totals() {
        return ledger.jooq()
                .select(
                        USAGE_DAY.TENANT,
                        USAGE_DAY.DAY,
                        USAGE_DAY.PROVIDER,
                        USAGE_DAY.MODEL,
                        USAGE_DAY.MEASURE,
                        USAGE_DAY.NAME,
                        DSL.sum(USAGE_DAY.AMOUNT))
                .from(USAGE_DAY)
                .groupBy(
                        USAGE_DAY.TENANT,
                        USAGE_DAY.DAY,
                        USAGE_DAY.PROVIDER,
                        USAGE_DAY.MODEL,
                        USAGE_DAY.MEASURE,
                        USAGE_DAY.NAME)
                .orderBy(1, 2, 3, 4, 5, 6)
                .fetch(row -> row.valuesRow().toString());
    }

    /** @param seen how many of the 600 events the read side has seen before the keys are destroyed */
    @ParameterizedTest
    @ValueSource(ints = {600, 300, 0})
    void P7_the_read_models_forget_a_user_and_a_replay_agrees_with_them(int seen) throws Exception {
        List<SampleHistory.User> erased = history.users().subList(0, 5);
        List<SampleHistory.User> others =
                history.users().subList(5, history.users().size());
        Map<String, List<String>> reference = reference();
        feed(seen);
        int end = ledger.history().size();
        Shredder shredder = new Shredder(ledger, history);
        for (SampleHistory.User user : erased) {
            shredder.erase(user);
        }
        feed(ledger.history().size());

        Map<String, List<String>> rows = ReadModels.of(ledger.jooq());
        for (SampleHistory.User user : erased) {
            rows.forEach((table, texts) -> assertThat(texts)
                    .as("%s in %s", user.userId(), table)
                    .noneMatch(text -> text.contains(user.userId() + ",")));
        }
        for (SampleHistory.User user : others) {
            reference.forEach((table, texts) -> assertThat(rows.get(table))
                    .as("the others' rows are what they were")
                    .containsAll(texts.stream()
                            .filter(text -> text.contains(user.userId() + ","))
                            .toList()));
        }
        assertThat(totals()).as("the tenants' totals").isEqualTo(totals);
        assertThat(ledger.jooq().fetchCount(AUDIT_EVENT, AUDIT_EVENT.POSITION.le((long) end)))
                .as("no fact is lost")
                .isEqualTo(facts);
        assertThat(ledger.jooq()
                        .selectFrom(AUDIT_EVENT)
                        .where(AUDIT_EVENT.SEALED_FOR.in(erased.stream()
                                .map(user -> user.subject().value())
                                .toList()))
                        .fetch())
                .isNotEmpty()
                .allSatisfy(row -> {
                    assertThat(row.getOutcome()).isEqualTo("erased");
                    assertThat(row.getActor()).isNull();
                    assertThat(row.getDetails().data()).isEqualTo("{}");
                });
        ReplayView verified = run(ReplayMode.VERIFY);
        assertThat(verified.differences()).isEmpty();
        assertThat(verified.equal()).isTrue();
        assertThat(run(ReplayMode.REBUILD).equal()).isTrue();
        assertThat(ReadModels.of(ledger.jooq())).isEqualTo(rows);
        assertThat(ledger.jooq().fetchCount(PARKED)).isZero();
    }

    private List<String> totals = List.of();
    private int facts;

    /** What the read models hold when nobody is erased: built once by a replay, then thrown away. */
    private Map<String, List<String>> reference() throws Exception {
        try (Ledger other = new Ledger()) {
            new SampleHistory(other, 11).grow(600);
            other.publish(other.history());
            try (RunningFeed feed = new RunningFeed(other)) {
                feed.reaches(other.end());
            }
            Ledger ours = ledger;
            ledger = other;
            totals = totals();
            facts = ledger.jooq().fetchCount(AUDIT_EVENT);
            ledger = ours;
            return ReadModels.of(other.jooq());
        }
    }

    @Test
    void what_waits_about_an_erased_user_is_let_go() throws Exception {
        feed(600);
        SampleHistory.User user = history.users().getFirst();
        ledger.jooq()
                .insertInto(PARKED)
                .set(PARKED.PROJECTION, "keys")
                .set(PARKED.LANE, (short) 0)
                .set(PARKED.TENANT, user.tenant().value())
                .set(PARKED.SUBJECT, user.subject().value())
                .set(PARKED.REASON, "a sample")
                .execute();
        new Shredder(ledger, history).erase(user);
        feed(ledger.history().size());
        assertThat(ledger.jooq().fetchCount(PARKED)).isZero();
    }

    @Test
    void a_key_that_somebody_deleted_is_no_erasure_the_replay_goes_on_and_shows_the_difference() throws Exception {
        feed(600);
        SampleHistory.User victim = history.users().stream()
                .filter(user -> user.tenant().equals(history.tenants().getFirst()))
                .findFirst()
                .orElseThrow();
        ledger.jooq()
                .execute(
                        "delete from keyring.data_key where owner = ?",
                        victim.subject().value());
        ledger.keyring().forget(ledger.keyring().subjectKey(victim.tenant(), victim.subject()));
        ReplayView replay = run(ReplayMode.VERIFY);
        assertThat(replay.equal()).isFalse();
        assertThat(replay.differences())
                .anySatisfy(row -> assertThat(row.kind()).isEqualTo("extra"));
    }
}
