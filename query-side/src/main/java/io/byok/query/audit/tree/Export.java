package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_EVENT;
import static io.byok.query.jooq.Tables.AUDIT_LEAF;

import io.byok.kernel.TenantId;
import io.byok.kernel.merkle.MissingNode;
import io.byok.query.feed.Rows;
import io.byok.query.jooq.tables.records.AuditCheckpointRecord;
import io.byok.query.web.TimeRange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Writes a part of a log as lines of JSON, with all that an outsider needs to verify it: what lies beside the part, the
 * stored hash of each leaf, and the signed states. Within one snapshot, in bounded memory. What is missing in the database
 * is missing in the export: to say so is the verifier's affair.
 */
public final class Export {

    static final Field<String> MODEL =
            DSL.jsonbGetAttributeAsText(AUDIT_EVENT.DETAILS, "model").as("model");

    private static final int FETCH = 1_000;
    private static final Condition USE_OF_LEAF = AUDIT_LEAF
            .ITEM
            .gt(0)
            .and(AUDIT_EVENT.POSITION.eq(AUDIT_LEAF.POSITION))
            .and(AUDIT_EVENT.ITEM.eq(AUDIT_LEAF.ITEM.minus(1)))
            .and(AUDIT_EVENT.TENANT.eq(AUDIT_LEAF.TENANT));

    private final DSLContext view;
    private final Origins origins;
    private final Blinds blinds;

    public Export(DSLContext view, Origins origins, Blinds blinds) {
        this.view = view;
        this.origins = origins;
        this.blinds = blinds;
    }

    /** Writes all of a log up to its newest signed state, without words. */
    public void all(TenantId tenant, OutputStream out) {
        AuditCheckpointRecord newest =
                new Checkpoints(view).newest(tenant.value()).orElseThrow();
        try (ExportLines lines = new ExportLines(out)) {
            write(tenant, newest, new ExportRange(null, null, new TimeRange(null, null), null, false), lines);
        }
    }

    /** @param newest the state that the export ends with */
    void write(TenantId tenant, AuditCheckpointRecord newest, ExportRange range, ExportLines out) {
        view.transaction(transaction -> {
            DSLContext snapshot = transaction.dsl();
            snapshot.execute("set transaction isolation level repeatable read, read only");
            write(snapshot, tenant, newest, range, out);
        });
    }

    private void write(
            DSLContext snapshot, TenantId tenant, AuditCheckpointRecord newest, ExportRange range, ExportLines out)
            throws IOException {
        UUID log = tenant.value();
        long size = newest.getSize();
        long first = clamp(range.first(), 0, size).orElseGet(() -> first(snapshot, log, range, size));
        long end = Math.max(first, clamp(range.end(), 0, size).orElseGet(() -> end(snapshot, log, range, size)));
        TileReader tiles = new TileReader(snapshot, log);
        Checkpoints checkpoints = new Checkpoints(snapshot);
        out.head(
                origins.of(log),
                origins.key(log).text(),
                size,
                first,
                end,
                beside(tiles, 0, first),
                beside(tiles, end, size));
        try (Stream<Checkpoints.Noted> states = checkpoints.between(log, Math.max(first, 1), end);
                Cursor<Record> leaves = leaves(snapshot, log, first, end, range.words())) {
            Iterator<Checkpoints.Noted> older =
                    states.filter(state -> state.size() < size).iterator();
            Checkpoints.Noted state = older.hasNext() ? older.next() : null;
            TileHashes hashes = new TileHashes(snapshot, log);
            LeafPlace place = new LeafPlace(log);
            for (Record row : leaves) {
                long index = place.index(row);
                while (state != null && state.size() <= index) {
                    out.checkpoint(state.note());
                    state = older.hasNext() ? older.next() : null;
                }
                out.leaf(index, row, hashes.at(index), words(tenant, row, range));
            }
            while (state != null) {
                out.checkpoint(state.note());
                state = older.hasNext() ? older.next() : null;
            }
        }
        out.checkpoint(checkpoints.cosigned(newest));
        Long since = range.since();
        if (since != null && since <= size && (since < first || since > end)) {
            out.consistency(since, size, tiles.prove(proofs -> proofs.consistency(since, size)));
        }
    }

    private static List<byte[]> beside(TileReader tiles, long from, long to) {
        try {
            return tiles.prove(proofs -> proofs.between(from, to));
        } catch (MissingNode missing) {
            return List.of(); // the verifier says what follows from that
        }
    }

    private static Cursor<Record> leaves(DSLContext snapshot, UUID log, long first, long end, boolean words) {
        return snapshot.select((List<Field<?>>) List.<Field<?>>of(
                        AUDIT_LEAF.INDEX,
                        AUDIT_LEAF.POSITION,
                        AUDIT_LEAF.NAME,
                        AUDIT_LEAF.LEAF,
                        AUDIT_EVENT.PURPOSE,
                        AUDIT_EVENT.REQUEST_ID,
                        MODEL))
                .from(AUDIT_LEAF)
                .leftJoin(AUDIT_EVENT)
                .on(words ? USE_OF_LEAF : DSL.falseCondition())
                .where(new LeafPlace(log).between(first, end))
                .orderBy(new LeafPlace(log).order())
                .fetchSize(FETCH)
                .fetchLazy();
    }

    private byte[] words(TenantId tenant, Record row, ExportRange range) {
        return range.words() && row.get(AUDIT_EVENT.PURPOSE) != null
                ? blinds.of(tenant, row.get(AUDIT_LEAF.NAME))
                : new byte[0];
    }

    /** The first leaf that is no older; leaves are in the order of the log, which is nearly that of time. */
    private static long first(DSLContext snapshot, UUID log, ExportRange range, long size) {
        if (range.time().from() == null) {
            return 0;
        }
        Field<Long> least = DSL.min(AUDIT_LEAF.INDEX);
        Long first = snapshot.select(least)
                .from(AUDIT_LEAF)
                .where(AUDIT_LEAF.TENANT.eq(log))
                .and(AUDIT_LEAF.AT.ge(Rows.utc(range.time().from())))
                .fetchOne(least);
        return first == null ? size : Math.min(first, size);
    }

    private static long end(DSLContext snapshot, UUID log, ExportRange range, long size) {
        if (range.time().to() == null) {
            return size;
        }
        Field<Long> most = DSL.max(AUDIT_LEAF.INDEX);
        Long last = snapshot.select(most)
                .from(AUDIT_LEAF)
                .where(AUDIT_LEAF.TENANT.eq(log))
                .and(AUDIT_LEAF.AT.lt(Rows.utc(range.time().to())))
                .fetchOne(most);
        return last == null ? 0 : Math.min(last + 1, size);
    }

    private static Optional<Long> clamp(@Nullable Long value, long least, long most) {
        return Optional.ofNullable(value).map(given -> Math.clamp(given, least, most));
    }
}
