package io.byok.query.replay;

import static io.byok.query.jooq.Tables.AUDIT_CHECKPOINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.platform.audit.ReplayReport;
import io.byok.platform.seal.CheckpointSigner;
import io.byok.platform.seal.NoteKey;
import io.byok.platform.web.Caller;
import io.byok.query.Ledger;
import io.byok.query.QueryTestParts;
import io.byok.query.audit.tree.AuditTrees;
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
        journal = new ReplayJournal(
                log.ledger().jooq(),
                InstantSource.system(),
                new SignedReports(new CheckpointSigner(log.ledger().keyring(), false)));
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

    private ReplayReport report(ReplayView replay) {
        String note = note(replay);
        return ReplayReport.open(note, log.key(log.tenant()));
    }

    private String note(ReplayView replay) {
        return journal.report(log.tenant(), ReplayId.parse(replay.id()).orElseThrow())
                .orElseThrow();
    }

    @Test
    void the_outcome_is_signed_and_who_has_the_key_of_a_log_can_check_it_without_us() throws Exception {
        ReplayView replay = verify(log.tenant(), ReplayMode.VERIFY);
        ReplayReport report = report(replay);
        assertThat(report.outcome()).isEqualTo(ReplayReport.EQUAL);
        assertThat(report.differences()).isEmpty();
        assertThat(report.lines())
                .contains("replay " + replay.id(), "projection audit", "position " + replay.position())
                .anyMatch(line -> line.matches("table audit_checkpoint equal [0-9a-f]{64}"))
                .anyMatch(line -> line.matches("day audit_event [0-9-]{10} equal [0-9a-f]{64}"));
        String note = note(replay);
        NoteKey other = new CheckpointSigner(new Ledger().keyring(), false)
                .key(log.key(log.tenant()).name());
        assertThatThrownBy(() -> ReplayReport.open(note, other)).hasMessageContaining("not signed by the key");
        assertThatThrownBy(() -> ReplayReport.open(note.replace("mode verify", "mode rebuild"), log.key(log.tenant())))
                .hasMessageContaining("not signed by the key");
        assertThatThrownBy(() -> ReplayReport.open("byok replay report 1\noutcome equal\n", log.key(log.tenant())))
                .hasMessage("this is no report of a replay");
    }

    @Test
    void a_signed_report_names_the_row_the_day_and_the_state_that_differ() throws Exception {
        UUID tenant = log.tenant().value();
        assertThat(log.ledger()
                        .jooq()
                        .execute(
                                "update view.audit_event set actor = 'somebody else' where tenant = ? and position ="
                                        + " (select max(position) from view.audit_event where tenant = ?)",
                                tenant,
                                tenant))
                .isPositive();
        ReplayReport report = report(verify(log.tenant(), ReplayMode.VERIFY));
        assertThat(report.outcome()).isEqualTo("different");
        assertThat(report.differences())
                .anyMatch(line -> line.startsWith("table audit_event different "))
                .anyMatch(line -> line.matches("day audit_event [0-9-]{10} different [0-9a-f]{64} [0-9a-f]{64}"))
                .anyMatch(line -> line.matches("row audit_event different item=[0-9]+,position=[0-9]+"));
        assertThat(report.differences().stream().filter(line -> line.startsWith("day ")))
                .hasSize(1);
    }

    @Test
    void a_missing_event_is_named() throws Exception {
        long position = log.positionOf(log.tenant());
        inTheEventStore("delete from log.event where position = ?", position);
        ReplayView replay = verify(log.tenant(), ReplayMode.VERIFY);
        assertThat(replay.status()).isEqualTo("failed");
        assertThat(replay.failure()).isEqualTo("the event store has no position " + position);
        assertThat(report(replay).differences()).containsExactly("failure the event store has no position " + position);
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

    @Test
    void proofs_come_from_the_rebuilt_tiles_at_once_whatever_was_remembered_of_those_before() throws Exception {
        TenantId platform = new TenantId(AuditTrees.PLATFORM);
        log.grow(200, 50).sign();
        DSLContext view = log.ledger().jooq();
        int damaged = view.execute(
                "update view.audit_tile set hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1)"
                        + " where tenant = ? and level = 0 and index = 0 and octet_length(hashes) = 256 * 32",
                platform.value());
        assertThat(damaged).as("a whole tile, which is remembered").isOne();
        assertThat(log.proves(platform, 3)).isFalse();
        assertThat(log.proves(platform, 200)).isFalse();
        assertThat(verify(log.tenant(), ReplayMode.REBUILD).status()).isEqualTo("succeeded");
        assertThat(log.proves(platform, 3)).isTrue();
        assertThat(log.proves(platform, 200)).isTrue();
    }
}
