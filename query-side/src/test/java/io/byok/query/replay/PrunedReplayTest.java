package io.byok.query.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.platform.audit.Proved;
import io.byok.platform.audit.Unproved;
import io.byok.platform.web.Caller;
import io.byok.query.QueryTestParts;
import io.byok.query.audit.tree.SignedLedger;
import io.byok.query.feed.EventOpener;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** P5 and P6 after retention: what was said is gone, every root is what it was, and a replay agrees. */
class PrunedReplayTest {

    private SignedLedger log;
    private TenantId tenant;
    private String older;
    private long uses;

    @BeforeEach
    void let_a_year_go() throws Exception {
        log = new SignedLedger(31).grow(300, 33).sign();
        tenant = log.tenant();
        older = log.newestNote(tenant);
        uses = log.prune(tenant);
        log.grow(0, 50).sign();
        assertThat(uses).as("there was something to let go").isPositive();
    }

    @AfterEach
    void end() {
        log.close();
    }

    private ReplayView replay(ReplayMode mode) throws Exception {
        ReplayJournal journal = new ReplayJournal(log.ledger().jooq(), InstantSource.system());
        try (Replays replays = new Replays(
                log.ledger().jooq(),
                log.ledger().database(),
                QueryTestParts.store(log.ledger()),
                new EventOpener(log.ledger().sealing()),
                List.of(log.projector()),
                journal)) {
            Caller caller = new Caller(tenant, new TokenId(new UUID(1, 1)), Set.of(), "req-1");
            ReplayView begun = replays.start(caller, "audit", mode);
            replays.awaitEnd();
            return journal.find(tenant, ReplayId.parse(begun.id()).orElseThrow())
                    .orElseThrow();
        }
    }

    private long count(String sql) {
        return log.ledger().jooq().fetchSingle(sql, tenant.value()).get(0, Long.class);
    }

    @Test
    void an_export_still_proves_everything_and_says_what_was_pruned() {
        Proved proved = log.proved(tenant, older);
        assertThat(proved.pruned()).isEqualTo(uses);
        assertThat(proved.uses()).isZero();
        assertThat(proved.sentences()).anyMatch(line -> line.startsWith(uses + " leaves were pruned"));
        assertThat(count("select count(*) from view.audit_event where tenant = ? and action = 'key-used'"))
                .isZero();
        assertThat(count("select count(*) from view.audit_leaf where tenant = ? and item > 0 and leaf <> '\\x00'"))
                .isZero();
    }

    @Test
    void a_replay_makes_the_same_trees_from_the_hashes_that_were_kept() throws Exception {
        for (ReplayMode mode : List.of(ReplayMode.VERIFY, ReplayMode.REBUILD, ReplayMode.VERIFY)) {
            ReplayView replay = replay(mode);
            assertThat(replay.status()).as("%s", replay.failure()).isEqualTo("succeeded");
            assertThat(replay.equal()).as("%s", replay.differences()).isTrue();
        }
        assertThat(log.proved(tenant, older).pruned()).isEqualTo(uses);
    }

    @Test
    void a_hash_that_was_kept_and_changed_is_found() throws Exception {
        DSLContext store = log.ledger().jooq();
        store.execute("alter table log.pruned_use disable trigger pruned_use_is_append_only");
        store.execute("update log.pruned_use set hashes = set_byte(hashes, 3, get_byte(hashes, 3) # 1)"
                + " where position = (select min(position) from log.pruned_use)");
        assertThat(replay(ReplayMode.VERIFY).equal()).isFalse();
    }

    @Test
    void what_no_event_says_was_pruned_cannot_be_passed_off_as_it() {
        TenantId other = log.others().getFirst();
        assertThat(log.ledger()
                        .jooq()
                        .execute(
                                "update view.audit_leaf set leaf = '\\x00' where tenant = ? and item > 0",
                                other.value()))
                .isPositive();
        Optional<Unproved> fault = log.faultOf(other);
        assertThat(fault).isPresent();
        assertThat(fault.get().getMessage()).contains("it is said to be pruned");
    }
}
