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
import io.byok.platform.event.StoredEvent;
import io.byok.platform.web.Caller;
import io.byok.query.Ledger;
import io.byok.query.QueryTestParts;
import io.byok.query.SampleHistory;
import io.byok.query.feed.EventOpener;
import io.byok.query.feed.EventSource;
import io.byok.query.feed.Lease;
import io.byok.query.feed.Projector;
import io.byok.query.feed.Received;
import io.byok.query.feed.RunningFeed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
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
    void what_a_dead_server_left_running_goes_on_where_it_was() throws Exception {
        feed();
        TenantId tenant = history.tenants().getFirst();
        ReplayId left = new ReplayId(new UUID(5, 5));
        journal.open(left, tenant, "tok_x", null, "all", ReplayMode.VERIFY, 77);
        long half = ledger.end() / 2;
        Shadow begun = Shadow.create(ledger.jooq(), 77, QueryTestParts.projectors(), ReplayMode.VERIFY);
        EventOpener opener = new EventOpener(ledger.sealing());
        for (Projector projector : QueryTestParts.projectors()) {
            begun.projection(projector)
                    .apply(ledger.history().subList(0, (int) half).stream()
                            .map(event -> opener.open(event, Received.NO_OFFSET))
                            .toList());
        }
        List<Long> from = new CopyOnWriteArrayList<>();
        EventSource store = QueryTestParts.store(ledger);
        EventSource watched = new EventSource() {
            @Override
            public long end() {
                return store.end();
            }

            @Override
            public void read(long after, long upTo, Consumer<List<StoredEvent>> batches) {
                from.add(after);
                store.read(after, upTo, batches);
            }
        };
        try (Replays next =
                new Replays(ledger.jooq(), ledger.database(), watched, opener, QueryTestParts.projectors(), journal)) {
            next.recover();
            next.awaitEnd();
        }
        ReplayView ended = journal.find(tenant, left).orElseThrow();
        assertThat(ended.status()).as("%s", ended.failure()).isEqualTo("succeeded");
        assertThat(ended.equal()).as("%s", ended.differences()).isTrue();
        assertThat(from).as("nothing is replayed twice").containsExactly(half);
        assertThat(schemas()).doesNotContain("view_77");
    }

    @Test
    void what_was_left_before_a_migration_begins_anew_and_what_was_left_too_often_does_not() throws Exception {
        feed();
        TenantId tenant = history.tenants().getFirst();
        ReplayId left = new ReplayId(new UUID(5, 6));
        journal.open(left, tenant, "tok_x", null, "usage", ReplayMode.VERIFY, 78);
        Shadow.create(ledger.jooq(), 78, QueryTestParts.projectors(), ReplayMode.VERIFY);
        ledger.jooq().execute("alter table view_78.usage_day drop column amount");
        replays.recover();
        replays.awaitEnd();
        assertThat(journal.find(tenant, left).orElseThrow().equal()).isTrue();

        ReplayId tooOften = new ReplayId(new UUID(5, 7));
        journal.open(tooOften, tenant, "tok_x", null, "all", ReplayMode.VERIFY, 79);
        Shadow.create(ledger.jooq(), 79, QueryTestParts.projectors(), ReplayMode.VERIFY);
        ledger.jooq().execute("update view.replay set resumed = 5 where id = ?", tooOften.value());
        replays.recover();
        assertThat(journal.find(tenant, tooOften).orElseThrow().status()).isEqualTo("interrupted");
        assertThat(schemas()).doesNotContain("view_78", "view_79");
    }

    @Test
    void everything_is_verified_when_it_is_due_for_the_operator_and_not_before() throws Exception {
        feed();
        TenantId operator = history.tenants().getLast();
        Instant now = Instant.now();
        assertThat(schedule(now).look()).as("no operator, no replay").isEmpty();
        ledger.jooq()
                .execute(
                        "insert into access.api_token (token_hash, token_id, tenant, name, mask, scopes, created_at)"
                                + " values (sha256('t'), ?, ?, 'first', 'm', array['tenants:write'], now())",
                        new UUID(8, 8),
                        operator.value());
        ReplayView begun = schedule(now).look().orElseThrow();
        replays.awaitEnd();
        ReplayView ended =
                journal.find(operator, ReplayId.parse(begun.id()).orElseThrow()).orElseThrow();
        assertThat(ended.equal()).isTrue();
        assertThat(ended.projection()).isEqualTo("all");
        assertThat(schedule(now.plus(Duration.ofHours(23))).look()).isEmpty();
        assertThat(schedule(now.plus(Duration.ofHours(25))).look()).isPresent();
        replays.awaitEnd();
    }

    private ReplaySchedule schedule(Instant now) {
        return new ReplaySchedule(replays, ledger.jooq(), Duration.ofHours(24), () -> now);
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
