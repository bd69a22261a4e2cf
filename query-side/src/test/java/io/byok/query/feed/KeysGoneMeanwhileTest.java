package io.byok.query.feed;

import static io.byok.query.jooq.Tables.AUDIT_LEAF;
import static io.byok.query.jooq.Tables.PARKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.Rejection;
import io.byok.kernel.TenantId;
import io.byok.platform.event.Opened;
import io.byok.platform.seal.DataKeyRef;
import io.byok.platform.seal.Keyring;
import io.byok.platform.seal.KeysUnavailable;
import io.byok.platform.seal.LookupHash;
import io.byok.platform.seal.TenantKeysGone;
import io.byok.platform.seal.Tombstones;
import io.byok.query.Ledger;
import io.byok.query.SampleHistory;
import io.byok.query.audit.AuditProjector;
import io.byok.query.audit.tree.AuditTrees;
import io.byok.query.audit.tree.Blinds;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Between opening an event and writing what it says its keys may go: for a while, or for good. */
class KeysGoneMeanwhileTest {

    private final Ledger ledger = new Ledger();
    private final SampleHistory history = new SampleHistory(ledger, 5).grow(120);
    private final Blinds blinds = Blinds.from(new LookupHash(ledger.keyring()));

    @AfterEach
    void end() {
        ledger.close();
    }

    private List<Received> opened() {
        EventOpener opener = new EventOpener(ledger.sealing());
        return ledger.history().stream()
                .map(event -> opener.open(event, Received.NO_OFFSET))
                .toList();
    }

    private static long clear(List<Received> events, TenantId tenant) {
        return events.stream()
                .filter(event -> event instanceof Received.Readable readable
                        && readable.opened() instanceof Opened.Clear
                        && readable.opened().sealed().tenant().equals(tenant))
                .count();
    }

    private void everyEventHasItsLeafAndNothingWaits() {
        assertThat(ledger.jooq().fetchCount(AUDIT_LEAF, AUDIT_LEAF.ITEM.eq(0))).isEqualTo((int) ledger.end());
        assertThat(ledger.jooq().fetchCount(PARKED)).isZero();
    }

    @Test
    void a_tenant_that_is_erased_after_its_events_were_opened_costs_the_log_no_leaf() throws Exception {
        TenantId tenant = history.tenants().getFirst();
        AuditProjector projector = new AuditProjector(new AuditTrees(blinds));
        Projection projection =
                new Projection(ledger.jooq(), projector, 0, Places.of(Places.read(ledger.jooq(), 0), projector));
        List<Received> before = opened();
        assertThat(clear(before, tenant)).isPositive();

        destroyKeysOf(tenant);

        assertThatThrownBy(() -> projection.apply(before)).isInstanceOf(Rejection.class);
        assertThat(projection.place().position()).isZero();
        List<Received> again = opened();
        assertThat(clear(again, tenant)).isZero();
        projection.apply(again);
        everyEventHasItsLeafAndNothingWaits();
    }

    private void destroyKeysOf(TenantId tenant) throws Exception {
        List<DataKeyRef> keys = ledger.jooq()
                .resultQuery("select data_key, version from keyring.data_key where tenant = {0}::uuid", tenant.value())
                .fetch(row -> named(row.get(0, UUID.class), row.get(1, Integer.class)));
        try (Connection connection = ledger.database().getConnection()) {
            connection.setAutoCommit(false);
            long epoch = Tombstones.bury(connection, List.of());
            TenantKeysGone.destroy(connection, tenant, "contract ended", epoch, Instant.parse("2027-01-01T00:00:00Z"));
            connection.commit();
        }
        keys.forEach(ledger.keyring()::forget);
    }

    private DataKeyRef named(UUID id, int version) {
        try (Keyring.Found.Live live = (Keyring.Found.Live) ledger.keyring().byId(id, version)) {
            return live.ref();
        }
    }

    @Test
    void keys_that_are_away_for_a_while_cost_the_log_no_leaf() throws Exception {
        AtomicInteger refusals = new AtomicInteger(3);
        Blinds away = (tenant, use) -> {
            if (refusals.getAndDecrement() > 0) {
                throw new KeysUnavailable("the root does not answer", null);
            }
            return blinds.of(tenant, use);
        };
        ledger.publish(ledger.history());
        try (RunningFeed feed = new RunningFeed(ledger, List.of(new AuditProjector(new AuditTrees(away))))) {
            feed.reaches(ledger.end());
        }
        assertThat(refusals.get()).isNegative();
        everyEventHasItsLeafAndNothingWaits();
    }
}
