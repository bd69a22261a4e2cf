package io.byok.query.audit.tree;

import io.byok.kernel.RetentionId;
import io.byok.kernel.StreamId;
import io.byok.kernel.TenantId;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.retention.RetentionEvent.AuditYearPruned;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import io.byok.platform.audit.UseLeaf;
import io.byok.platform.event.Opened;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.seal.Tombstone;
import io.byok.platform.seal.Tombstones;
import io.byok.query.Ledger;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Lets years of uses go as the write side does: really, and with the event that says so. */
public final class Pruner {

    private static final Instant AT = Instant.parse("2040-01-01T00:00:00Z");

    private final Ledger ledger;
    private final Blinds blinds;

    public Pruner(Ledger ledger, Blinds blinds) {
        this.ledger = ledger;
        this.blinds = blinds;
    }

    /** @return how many uses there were in that year */
    public long prune(TenantId tenant, int year) throws SQLException {
        long uses = 0;
        long first = 0;
        long last = 0;
        for (StoredEvent stored : List.copyOf(ledger.history())) {
            if (stored.event().tenant().equals(tenant)
                    && stored.event().occurredAt().atOffset(ZoneOffset.UTC).getYear() == year
                    && ledger.sealing().open(stored.event()) instanceof Opened.Clear clear
                    && clear.envelope().event() instanceof UsesRecorded recorded) {
                keep(stored.position(), tenant, recorded.uses());
                uses += recorded.uses().size();
                first = first == 0 ? stored.position() : first;
                last = stored.position();
            }
        }
        List<Tombstone> keys;
        try (Connection connection = ledger.database().getConnection()) {
            connection.setAutoCommit(false);
            keys = Tombstones.ofYear(connection, tenant, year, "retention", AT);
            Tombstones.delete(connection, keys);
            Tombstones.bury(connection, keys);
            connection.commit();
        }
        keys.forEach(one -> ledger.keyring().forget(one.ref()));
        RetentionId id = RetentionId.of(tenant);
        ledger.append(
                tenant,
                null,
                StreamId.of(id),
                new AuditYearPruned(id, year, 2555, 1, uses, first, last, List.of(), AT));
        return uses;
    }

    private void keep(long position, TenantId tenant, List<Use> uses) {
        MerkleHash hash = new MerkleHash();
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        int item = 1;
        for (Use use : uses) {
            byte[] blind = blinds.of(tenant, use.id().value());
            hashes.writeBytes(hash.leaf(
                    UseLeaf.of(position, item++, tenant, use, blind, hash).bytes()));
        }
        ledger.jooq()
                .execute("insert into log.pruned_use values (?, ?, ?)", position, tenant.value(), hashes.toByteArray());
    }
}
