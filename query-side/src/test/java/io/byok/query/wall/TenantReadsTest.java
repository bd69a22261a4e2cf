package io.byok.query.wall;

import static io.byok.query.jooq.Tables.CHAIN_VIEW;
import static io.byok.query.jooq.Tables.KEY_HEALTH;
import static io.byok.query.jooq.Tables.PROJECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.TenantId;
import io.byok.query.Ledger;
import io.byok.query.jooq.tables.records.ChainViewRecord;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first wall is taken away: statements that name another tenant, or none. */
class TenantReadsTest {

    private final TenantId ours = new TenantId(UUID.randomUUID());
    private final TenantId theirs = new TenantId(UUID.randomUUID());
    private final Ledger ledger = new Ledger();
    private final DSLContext reads = new TenantReads(ledger.database(), () -> ours).dsl();

    @BeforeEach
    void each_tenant_has_a_row() {
        chain(ours);
        chain(theirs);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_statement_without_a_tenant_finds_the_callers_rows() {
        assertThat(reads.selectFrom(CHAIN_VIEW).fetch(CHAIN_VIEW.TENANT)).containsExactly(ours.value());
        assertThat(ledger.jooq().fetchCount(CHAIN_VIEW)).as("there is more").isEqualTo(2);
    }

    @Test
    void a_statement_for_another_tenant_finds_nothing() {
        assertThat(reads.fetchCount(CHAIN_VIEW, CHAIN_VIEW.TENANT.eq(theirs.value())))
                .isZero();
    }

    @Test
    void what_a_provider_said_is_walled() {
        ledger.jooq()
                .insertInto(KEY_HEALTH)
                .values(
                        UUID.randomUUID(),
                        1,
                        "valid",
                        (short) 100,
                        "",
                        Instant.EPOCH.atOffset(ZoneOffset.UTC),
                        theirs.value())
                .execute();
        assertThat(reads.fetchCount(KEY_HEALTH)).isZero();
    }

    @Test
    void a_transaction_keeps_the_wall_to_its_end_and_may_choose_its_isolation() {
        reads.transaction(transaction -> {
            DSLContext inside = transaction.dsl();
            inside.execute("set transaction isolation level repeatable read, read only");
            assertThat(inside.fetchCount(CHAIN_VIEW)).isOne();
            assertThat(inside.fetchValue("select current_user::text")).isEqualTo("byok_request");
        });
    }

    @Test
    void nothing_of_it_goes_back_to_the_pool() {
        assertThat(reads.fetchCount(CHAIN_VIEW)).isOne();
        assertThatThrownBy(() -> reads.fetch("select 1/0")).isInstanceOf(DataAccessException.class);
        for (int i = 0; i < 3; i++) {
            assertThat(ledger.jooq().fetchCount(CHAIN_VIEW)).isEqualTo(2);
        }
    }

    @Test
    void requests_change_nothing_and_read_no_machinery() {
        assertThatThrownBy(() -> reads.deleteFrom(CHAIN_VIEW).execute()).hasMessageContaining("read-only transaction");
        assertThatThrownBy(() -> reads.fetchCount(PROJECTION)).hasMessageContaining("permission denied");
    }

    @Test
    void without_a_caller_there_is_not_even_a_connection() {
        DSLContext nobody = new TenantReads(ledger.database(), () -> {
                    throw new IllegalStateException("no caller");
                })
                .dsl();
        assertThatThrownBy(() -> nobody.fetchCount(CHAIN_VIEW)).isInstanceOf(IllegalStateException.class);
    }

    private void chain(TenantId tenant) {
        ChainViewRecord row = ledger.jooq().newRecord(CHAIN_VIEW);
        row.setChain(UUID.randomUUID());
        row.setTenant(tenant.value());
        row.setProvider("openai");
        row.setEnvironment("production");
        row.setKeys(JSONB.valueOf("[]"));
        row.setSystem("never");
        row.setConditions(JSONB.valueOf("[]"));
        row.setMaxRetries(0);
        row.setRetryDelayMs(0);
        row.setRemoved(false);
        row.setSequence(0L);
        row.setUpdatedAt(Instant.EPOCH.atOffset(ZoneOffset.UTC));
        row.insert();
    }
}
