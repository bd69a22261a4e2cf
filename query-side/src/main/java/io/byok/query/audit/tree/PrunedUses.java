package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_LEAF;

import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import io.byok.platform.event.EventNames;
import io.byok.platform.event.Opened;
import io.byok.query.feed.Batch;
import io.byok.query.feed.Rows;
import io.byok.query.jooq.tables.records.AuditLeafRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * Leaves of uses whose records were let go. What they said is gone, so they cannot be made again; their hashes were
 * written down before, and a tree that is made of those has the roots that were signed, or they are not the ones.
 */
final class PrunedUses {

    /** What stands in place of a leaf's bytes: no leaf is a single byte, or of version 0. */
    private static final byte[] GONE = {0};

    private static final short SEGMENT = EventNames.of(UsesRecorded.class).code();
    private static final Field<Long> POSITION = DSL.field("position", Long.class);
    private static final Field<byte[]> HASHES = DSL.field("hashes", byte[].class);

    private final Map<Long, List<byte[]>> hashes;

    private PrunedUses(Map<Long, List<byte[]>> hashes) {
        this.hashes = hashes;
    }

    /** What was written down of the segments of a batch that do not open any more. */
    static PrunedUses of(DSLContext view, Batch batch) {
        Long[] positions = batch.entries().stream()
                .filter(entry -> entry.opened() instanceof Opened.Shredded shredded
                        && shredded.sealed().name().code() == SEGMENT)
                .map(Batch.Entry::position)
                .toArray(Long[]::new);
        Map<Long, List<byte[]>> hashes = new HashMap<>();
        if (positions.length > 0) {
            view.select(POSITION, HASHES)
                    .from(DSL.table(DSL.name("log", "pruned_use")))
                    .where(POSITION.eq(DSL.any(positions)))
                    .forEach(row -> hashes.put(row.value1(), split(row.value2())));
        }
        return new PrunedUses(hashes);
    }

    List<byte[]> at(long position) {
        return hashes.getOrDefault(position, List.of());
    }

    private static List<byte[]> split(byte[] all) {
        List<byte[]> hashes = new ArrayList<>();
        for (int at = 0; at < all.length; at += MerkleHash.LENGTH) {
            hashes.add(Arrays.copyOfRange(all, at, at + MerkleHash.LENGTH));
        }
        return hashes;
    }

    /** What is left of one: where it stands, and a name that its hash gives it. */
    static AuditLeafRecord row(Batch.Entry entry, int item, long index, byte[] hash) {
        ByteBuffer name = ByteBuffer.wrap(hash);
        return new AuditLeafRecord(
                entry.opened().sealed().tenant().value(),
                index,
                entry.position(),
                item,
                new UUID(name.getLong(), name.getLong()),
                Rows.utc(entry.opened().sealed().occurredAt()),
                GONE);
    }

    static boolean isGone(byte[] leaf) {
        return Arrays.equals(leaf, GONE);
    }

    /** Makes rows that say something into what {@link #row} makes. */
    static void letGo(DSLContext view, UUID tenant, Condition segments) {
        var event = AUDIT_LEAF.as("event");
        view.update(AUDIT_LEAF)
                .set(
                        AUDIT_LEAF.NAME,
                        DSL.field(
                                "encode(substr(sha256('\\x00'::bytea || {0}), 1, 16), 'hex')::uuid",
                                UUID.class, AUDIT_LEAF.LEAF))
                .set(
                        AUDIT_LEAF.AT,
                        DSL.field(DSL.select(event.AT)
                                .from(event)
                                .where(event.TENANT.eq(AUDIT_LEAF.TENANT))
                                .and(event.POSITION.eq(AUDIT_LEAF.POSITION))
                                .and(event.ITEM.eq(0))))
                .set(AUDIT_LEAF.LEAF, GONE)
                .where(AUDIT_LEAF.TENANT.eq(tenant))
                .and(AUDIT_LEAF.ITEM.gt(0))
                .and(AUDIT_LEAF.LEAF.ne(GONE))
                .and(AUDIT_LEAF.POSITION.in(
                        DSL.select(AUDIT_LEAF.POSITION).from(AUDIT_LEAF).where(segments)))
                .execute();
    }
}
