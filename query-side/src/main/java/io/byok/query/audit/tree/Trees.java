package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_LOG;
import static io.byok.query.jooq.Tables.AUDIT_TILE;

import io.byok.kernel.merkle.CompactRange;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.merkle.Tiles;
import io.byok.query.feed.Rows;
import io.byok.query.jooq.tables.records.AuditLogRecord;
import io.byok.query.jooq.tables.records.AuditTileRecord;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Appends to many trees in three statements, whatever the number of leaves. Reads no tile: the right edge is enough, so a
 * damaged tile damages no root.
 */
final class Trees {

    private final DSLContext view;
    private final MerkleHash hash;

    Trees(DSLContext view, MerkleHash hash) {
        this.view = view;
        this.hash = hash;
    }

    private record Spot(UUID tenant, Tiles.Tile tile) {}

    /**
     * Appends leaf hashes to each of these logs.
     *
     * @return the index of the first one, by log
     */
    Map<UUID, Long> append(Map<UUID, List<byte[]>> leafHashes) {
        Map<UUID, CompactRange> ranges = ranges(leafHashes.keySet().toArray(UUID[]::new));
        Map<UUID, Long> first = new HashMap<>();
        Map<Spot, ByteArrayOutputStream> tiles = new LinkedHashMap<>();
        leafHashes.forEach((tenant, hashes) -> {
            CompactRange range = ranges.computeIfAbsent(tenant, _ -> new CompactRange(hash));
            first.put(tenant, range.size());
            hashes.forEach(leaf -> range.append(leaf, (level, index, node) -> {
                if (level % Tiles.HEIGHT == 0) {
                    tiles.computeIfAbsent(
                                    new Spot(tenant, Tiles.tileOf(level, index)), _ -> new ByteArrayOutputStream())
                            .writeBytes(node);
                }
            }));
        });
        write(tiles);
        save(ranges);
        return first;
    }

    private Map<UUID, CompactRange> ranges(UUID[] tenants) {
        Map<UUID, CompactRange> ranges = new HashMap<>();
        view.selectFrom(AUDIT_LOG)
                .where(AUDIT_LOG.TENANT.eq(DSL.any(tenants)))
                .forEach(row -> ranges.put(row.getTenant(), range(hash, row)));
        return ranges;
    }

    static CompactRange range(MerkleHash hash, AuditLogRecord row) {
        List<byte[]> edge = new ArrayList<>();
        byte[] bytes = row.getEdge();
        for (int at = 0; at < bytes.length; at += MerkleHash.LENGTH) {
            edge.add(Arrays.copyOfRange(bytes, at, at + MerkleHash.LENGTH));
        }
        return new CompactRange(hash, row.getSize(), edge);
    }

    private void write(Map<Spot, ByteArrayOutputStream> tiles) {
        List<AuditTileRecord> rows = new ArrayList<>(tiles.size());
        tiles.forEach((spot, hashes) -> rows.add(new AuditTileRecord(
                spot.tenant(), (short) spot.tile().level(), spot.tile().index(), hashes.toByteArray())));
        view.insertInto(AUDIT_TILE)
                .columns(AUDIT_TILE.fields())
                .select(Rows.of(view, AUDIT_TILE, rows))
                .onConflict(AUDIT_TILE.TENANT, AUDIT_TILE.LEVEL, AUDIT_TILE.INDEX)
                .doUpdate()
                .set(
                        AUDIT_TILE.HASHES,
                        DSL.field("{0} || {1}", byte[].class, AUDIT_TILE.HASHES, DSL.excluded(AUDIT_TILE.HASHES)))
                .execute();
    }

    private void save(Map<UUID, CompactRange> ranges) {
        List<AuditLogRecord> rows = new ArrayList<>(ranges.size());
        ranges.forEach((tenant, range) -> {
            ByteArrayOutputStream edge = new ByteArrayOutputStream();
            range.edge().forEach(edge::writeBytes);
            rows.add(new AuditLogRecord(tenant, range.size(), edge.toByteArray()));
        });
        view.insertInto(AUDIT_LOG)
                .columns(AUDIT_LOG.fields())
                .select(Rows.of(view, AUDIT_LOG, rows))
                .onConflict(AUDIT_LOG.TENANT)
                .doUpdate()
                .set(AUDIT_LOG.SIZE, DSL.excluded(AUDIT_LOG.SIZE))
                .set(AUDIT_LOG.EDGE, DSL.excluded(AUDIT_LOG.EDGE))
                .execute();
    }
}
