package io.byok.query.replay;

import static io.byok.query.jooq.Tables.KEY_VIEW;
import static io.byok.query.jooq.Tables.PROJECTION;
import static io.byok.query.jooq.Tables.REPLAY;
import static io.byok.query.jooq.Tables.USAGE_DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.Rejection;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.platform.web.Caller;
import io.byok.query.Ledger;
import io.byok.query.QueryTestParts;
import io.byok.query.SampleHistory;
import io.byok.query.feed.EventOpener;
import io.byok.query.feed.Lease;
import io.byok.query.feed.RunningFeed;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private Ledger ledger;
    private SampleHistory history;
    private ReplayJournal journal;
    private Replays replays;

    @BeforeEach
    void begin() {
        ledger = new Ledger();
        history = new SampleHistory(ledger, 4).grow(600);
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

    private void feed() throws Exception {
        ledger.publish(ledger.history());
        try (RunningFeed feed = new RunningFeed(ledger)) {
            feed.reaches(ledger.end());
        }
    }

    private static Caller caller(TenantId tenant) {
        return new Caller(tenant, new TokenId(new UUID(1, 1)), Set.of(), "req-1");
    }

    private ReplayView run(TenantId tenant, String projection, ReplayMode mode) throws Exception {
        ReplayView begun = replays.start(caller(tenant), projection, mode);
        assertThat(begun.status()).isEqualTo("running");
        replays.awaitEnd();
        return journal.find(tenant, ReplayId.parse(begun.id()).orElseThrow()).orElseThrow();
    }

    @Test
    void a_replay_gives_the_same_digest_as_the_live_read_model() throws Exception {
        feed();
        ReplayView replay = run(history.tenants().getFirst(), "all", ReplayMode.VERIFY);
        assertThat(replay.status()).as("%s", replay.failure()).isEqualTo("succeeded");
        assertThat(replay.equal()).isTrue();
        assertThat(replay.digests())
                .containsOnlyKeys(
                        "key_view",
                        "key_version",
                        "key_health",
                        "key_validation",
                        "chain_view",
                        "usage_day",
                        "audit_event",
                        "audit_subject",
                        "audit_log",
                        "audit_leaf",
                        "audit_tile",
                        "audit_checkpoint");
        assertThat(Set.copyOf(replay.digests().values().stream()
                        .map(ReplayView.Digest::live)
                        .toList()))
                .as("tables with different rows have different digests; two are empty in this history")
                .hasSize(11);
        assertThat(replay.processed()).isEqualTo(ledger.end()).isEqualTo(replay.total());
        assertThat(schemas()).doesNotContain("view_1");
    }

    @Test
    void a_row_that_was_tampered_with_is_found_and_shown_to_its_tenant_only() throws Exception {
        feed();
        SampleHistory.Key victim = history.keys().getFirst();
        ledger.jooq()
                .update(KEY_VIEW)
                .set(KEY_VIEW.HINT, "sk-...evil")
                .where(KEY_VIEW.KEY.eq(victim.id.value()))
                .execute();
        SampleHistory.Key gone = history.keys().getLast();
        ledger.jooq()
                .deleteFrom(KEY_VIEW)
                .where(KEY_VIEW.KEY.eq(gone.id.value()))
                .execute();
        TenantId stranger = new TenantId(new UUID(9, 9));
        ReplayView seenByStranger = run(stranger, "keys", ReplayMode.VERIFY);
        assertThat(seenByStranger.equal()).isFalse();
        assertThat(seenByStranger.differences()).isEmpty();
        assertThat(seenByStranger.differencesOfOthers()).isEqualTo(2);
        ReplayView seenByOwner = run(victim.tenant, "keys", ReplayMode.VERIFY);
        assertThat(seenByOwner.differences())
                .contains(new ReplayView.Row(
                        "key_view", "different", Map.of("key", victim.id.value().toString())));
        assertThat(run(gone.tenant, "keys", ReplayMode.VERIFY).differences())
                .contains(new ReplayView.Row(
                        "key_view", "missing", Map.of("key", gone.id.value().toString())));
    }

    @Test
    void a_rebuild_puts_history_in_the_place_of_the_read_model_while_the_feed_runs() throws Exception {
        ledger.publish(ledger.history());
        try (RunningFeed feed = new RunningFeed(ledger)) {
            feed.reaches(ledger.end());
            ledger.jooq().deleteFrom(USAGE_DAY).execute();
            int published = ledger.history().size();
            history.grow(300);
            ledger.publish(ledger.history().subList(published, published + 100));
            ReplayView rebuilt = run(history.tenants().getFirst(), "all", ReplayMode.REBUILD);
            assertThat(rebuilt.status()).as("%s", rebuilt.failure()).isEqualTo("succeeded");
            assertThat(rebuilt.equal()).isFalse();
            ledger.publish(
                    ledger.history().subList(published + 100, ledger.history().size()));
            feed.reaches(ledger.end());
        }
        ReplayView after = run(history.tenants().getFirst(), "all", ReplayMode.VERIFY);
        assertThat(after.equal()).as("%s", after.digests()).isTrue();
        assertThat(ledger.jooq().select(PROJECTION.GENERATION).from(PROJECTION).fetchSet(PROJECTION.GENERATION))
                .containsExactly(1L);
        assertThat(schemas()).doesNotContain("view_1", "view_2");
    }

    @Test
    void what_a_dead_server_left_running_is_noted_as_interrupted() throws Exception {
        TenantId tenant = history.tenants().getFirst();
        ReplayId orphan = new ReplayId(new UUID(5, 5));
        journal.open(orphan, tenant, "tok_x", null, "all", ReplayMode.VERIFY, 77);
        Shadow.create(ledger.jooq(), 77, QueryTestParts.projectors());
        replays.recover();
        assertThat(journal.find(tenant, orphan).orElseThrow().status()).isEqualTo("interrupted");
        assertThat(schemas()).doesNotContain("view_77");
    }

    @Test
    void there_is_one_replay_at_a_time_in_the_cluster() throws Exception {
        try (Lease _ = Lease.take(ledger.database(), Lease.REPLAY).orElseThrow()) {
            assertThatThrownBy(() -> replays.start(caller(history.tenants().getFirst()), "all", ReplayMode.VERIFY))
                    .isInstanceOfSatisfying(
                            Rejection.class,
                            rejection -> assertThat(rejection.refusal()).isEqualTo(ReplayRefusal.RUNNING));
            replays.recover();
        }
        assertThat(ledger.jooq().fetchCount(REPLAY)).isZero();
    }

    @Test
    void another_tenants_replay_is_not_found() throws Exception {
        ReplayView replay = run(history.tenants().getFirst(), "keys", ReplayMode.VERIFY);
        ReplayId id = ReplayId.parse(replay.id()).orElseThrow();
        assertThat(journal.find(history.tenants().getFirst(), id)).isPresent();
        assertThat(journal.find(history.tenants().getLast(), id)).isEmpty();
        assertThat(journal.list(history.tenants().getLast())).isEmpty();
    }

    private Set<String> schemas() {
        return ledger.jooq()
                .select(DSL.field(DSL.name("nspname"), String.class))
                .from(DSL.table(DSL.name("pg_namespace")))
                .fetchSet(0, String.class);
    }
}
