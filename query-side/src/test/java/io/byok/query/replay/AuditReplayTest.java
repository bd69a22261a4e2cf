package io.byok.query.replay;

import static io.byok.query.jooq.Tables.AUDIT_CHECKPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.platform.web.Caller;
import io.byok.query.QueryTestParts;
import io.byok.query.audit.tree.SignedLedger;
import io.byok.query.feed.EventOpener;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The compliance replay: what an export cannot show, the event store itself. */
class AuditReplayTest {

    private SignedLedger log;
    private ReplayJournal journal;
    private Replays replays;

    @BeforeEach
    void begin() {
        log = new SignedLedger(21).grow(200, 33).sign().grow(200, 7).sign();
        journal = new ReplayJournal(log.ledger().jooq(), InstantSource.system());
        replays = new Replays(
                log.ledger().jooq(),
                log.ledger().database(),
                QueryTestParts.store(log.ledger()),
                new EventOpener(log.ledger().sealing()),
                List.of(log.projector()),
                journal);
    }

    @AfterEach
    void end() throws Exception {
        replays.close();
        log.close();
    }

    private ReplayView verify(TenantId tenant, ReplayMode mode) throws Exception {
        Caller caller = new Caller(tenant, new TokenId(new UUID(1, 1)), Set.of(), "req-1");
        ReplayView begun = replays.start(caller, "audit", mode);
        replays.awaitEnd();
        return journal.find(tenant, ReplayId.parse(begun.id()).orElseThrow()).orElseThrow();
    }

    /** What only somebody with all rights and bad intentions can do. */
    private void inTheEventStore(String statement, Object... values) {
        log.ledger().jooq().transaction(transaction -> {
            DSLContext inside = transaction.dsl();
            inside.execute("alter table log.event disable trigger event_is_append_only");
            assertThat(inside.execute(statement, values)).isOne();
            inside.execute("alter table log.event enable trigger event_is_append_only");
        });
    }

    @Test
    void a_replay_has_the_root_of_every_signed_state_whatever_the_batches_were() throws Exception {
        for (int clean = 0; clean < Integer.getInteger("byok.cleanReplays", 2); clean++) {
            ReplayView replay = verify(log.tenant(), clean == 1 ? ReplayMode.REBUILD : ReplayMode.VERIFY);
            assertThat(replay.status()).as("%s", replay.failure()).isEqualTo("succeeded");
            assertThat(replay.equal()).as("%s", replay.differences()).isTrue();
            assertThat(replay.digests()).containsKeys("audit_leaf", "audit_tile", "audit_log", "audit_checkpoint");
        }
        log.grow(50, 10).sign();
        assertThat(verify(log.tenant(), ReplayMode.VERIFY).equal())
                .as("signed on after a rebuild")
                .isTrue();
    }

    @Test
    void a_changed_byte_of_an_event_is_found_at_its_position() throws Exception {
        long position = log.positionOf(log.tenant());
        inTheEventStore(
                "update log.event set payload = set_byte(payload, 100, get_byte(payload, 100) # 1) where position = ?",
                position);
        ReplayView replay = verify(log.tenant(), ReplayMode.VERIFY);
        assertThat(replay.equal()).isFalse();
        ReplayView.Row culprit = replay.differences().getFirst();
        assertThat(culprit.table() + " " + culprit.kind()).isEqualTo("event unreadable");
        assertThat(culprit.key()).containsEntry("position", Long.toString(position));
        assertThat(culprit.key().get("reason")).endsWith("the seal does not hold");
        assertThat(replay.differences())
                .as("no later signed state holds")
                .anyMatch(row -> row.table().equals("audit_checkpoint"));
    }

    @Test
    void a_missing_event_is_named() throws Exception {
        long position = log.positionOf(log.tenant());
        inTheEventStore("delete from log.event where position = ?", position);
        ReplayView replay = verify(log.tenant(), ReplayMode.VERIFY);
        assertThat(replay.status()).isEqualTo("failed");
        assertThat(replay.failure()).isEqualTo("the event store has no position " + position);
    }

    @Test
    void a_changed_leaf_and_a_changed_signed_state_are_named() throws Exception {
        DSLContext view = log.ledger().jooq();
        UUID tenant = log.tenant().value();
        view.execute("update view.audit_leaf set leaf = set_byte(leaf, 9, 7) where tenant = ? and index = 5", tenant);
        view.execute(
                "update view.audit_tile set hashes = set_byte(hashes, 9, 7) where tenant = ? and level = 0", tenant);
        long size = view.select(AUDIT_CHECKPOINT.SIZE)
                .from(AUDIT_CHECKPOINT)
                .where(AUDIT_CHECKPOINT.TENANT.eq(tenant))
                .orderBy(AUDIT_CHECKPOINT.SIZE)
                .limit(1)
                .fetchSingle(AUDIT_CHECKPOINT.SIZE);
        view.execute(
                "update view.audit_checkpoint set root = set_byte(root, 0, get_byte(root, 0) # 1)"
                        + " where tenant = ? and size = ?",
                tenant,
                size);
        ReplayView replay = verify(log.tenant(), ReplayMode.VERIFY);
        assertThat(replay.differences())
                .contains(
                        new ReplayView.Row(
                                "audit_leaf", "different", Map.of("tenant", tenant.toString(), "index", "5")),
                        new ReplayView.Row(
                                "audit_checkpoint",
                                "different",
                                Map.of("tenant", tenant.toString(), "size", Long.toString(size))))
                .anyMatch(row -> row.table().equals("audit_tile"));
    }
}
