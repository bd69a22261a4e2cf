package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_LEAF;
import static io.byok.query.jooq.Tables.AUDIT_LOG;
import static io.byok.query.jooq.Tables.AUDIT_TILE;

import io.byok.kernel.audit.Leaf;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.query.feed.Batch;
import io.byok.query.feed.CopyRows;
import io.byok.query.feed.Held;
import io.byok.query.feed.Rows;
import io.byok.query.jooq.tables.records.AuditLeafRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Table;

/**
 * Writes a batch of events into the logs: each into its tenant's, and each event without its uses into the platform's.
 * The same events in the same order give the same trees, whatever the batches.
 */
public final class AuditTrees {

    /** Whose log the platform's is. */
    public static final UUID PLATFORM = new UUID(0, 0);

    private final Blinds blinds;

    public AuditTrees(Blinds blinds) {
        this.blinds = blinds;
    }

    public List<Table<?>> tables() {
        return List.of(AUDIT_LOG, AUDIT_LEAF, AUDIT_TILE);
    }

    /** Whether a replay has the roots that were signed. */
    public Held held(DSLContext live, DSLContext replayed, long position) {
        return new SignedRoots(replayed).compare(live, position);
    }

    /** @param view a transaction of the caller's */
    public void append(DSLContext view, Batch batch) {
        MerkleHash hash = new MerkleHash();
        Leaves leaves = new Leaves(hash, blinds);
        List<AuditLeafRecord> rows = new ArrayList<>();
        Map<UUID, List<byte[]>> hashes = new HashMap<>();
        PrunedUses pruned = PrunedUses.of(view, batch);
        for (Batch.Entry entry : batch.entries()) {
            for (Leaf leaf : leaves.of(entry)) {
                byte[] bytes = leaf.bytes();
                byte[] leafHash = hash.leaf(bytes);
                List<byte[]> own = hashes.computeIfAbsent(leaf.tenant(), _ -> new ArrayList<>());
                // The index within the batch for now.
                rows.add(row(leaf, own.size(), bytes));
                own.add(leafHash);
                if (leaf.item() == 0 && !leaf.tenant().equals(PLATFORM)) {
                    hashes.computeIfAbsent(PLATFORM, _ -> new ArrayList<>()).add(leafHash);
                }
            }
            UUID tenant = entry.opened().sealed().tenant().value();
            int item = 1;
            for (byte[] leafHash : pruned.at(entry.position())) {
                List<byte[]> own = hashes.computeIfAbsent(tenant, _ -> new ArrayList<>());
                rows.add(PrunedUses.row(entry, item++, own.size(), leafHash));
                own.add(leafHash);
            }
        }
        Map<UUID, Long> first = new Trees(view, hash).append(hashes);
        rows.forEach(row -> row.setIndex(first.getOrDefault(row.getTenant(), 0L) + row.getIndex()));
        CopyRows.into(view, AUDIT_LEAF, rows);
    }

    /**
     * Forgets what leaves of uses say; their hashes stay in the tree.
     *
     * @param segments which events recorded them
     */
    public static void letGo(DSLContext view, UUID tenant, Condition segments) {
        PrunedUses.letGo(view, tenant, segments);
    }

    private static AuditLeafRecord row(Leaf leaf, long index, byte[] bytes) {
        AuditLeafRecord row = new AuditLeafRecord();
        row.setTenant(leaf.tenant());
        row.setIndex(index);
        row.setPosition(leaf.position());
        row.setItem(leaf.item());
        switch (leaf) {
            case Leaf.OfEvent event -> {
                row.setName(event.eventId());
                row.setAt(Rows.utc(event.at()));
            }
            case Leaf.OfUse use -> {
                row.setName(use.use());
                row.setAt(Rows.utc(use.at()));
            }
        }
        row.setLeaf(bytes);
        return row;
    }
}
