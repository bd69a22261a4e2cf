package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_LEAF;
import static io.byok.query.jooq.Tables.AUDIT_LOG;
import static io.byok.query.jooq.Tables.AUDIT_TILE;

import io.byok.kernel.Rejection;
import io.byok.kernel.TenantId;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.merkle.Tiles;
import io.byok.platform.seal.CosignerKey;
import io.byok.query.jooq.tables.records.AuditCheckpointRecord;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Reads one log. Every statement is bound to the log it is given: that of a tenant, or {@link #PLATFORM}. */
public final class ProofReader {

    /** Whose log has every event of all tenants. Only for callers who may see all of them. */
    static final TenantId PLATFORM = new TenantId(AuditTrees.PLATFORM);

    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    private static final Field<Long> TABLE =
            DSL.field("{0}::regclass::oid::bigint", Long.class, DSL.inline("view.audit_tile"));

    private final DSLContext view;
    private final Checkpoints checkpoints;
    private final Origins origins;
    private final TileCache tiles = new TileCache();

    public ProofReader(DSLContext view, Checkpoints checkpoints, Origins origins) {
        this.view = view;
        this.checkpoints = checkpoints;
        this.origins = origins;
    }

    /** The newest signed state that is no larger. */
    AuditCheckpointRecord checkpoint(TenantId tenant, long size) {
        return checkpoints.newest(tenant.value(), size).orElseThrow(() -> Rejection.of(AuditRefusal.NO_CHECKPOINT));
    }

    ProofViews.CheckpointView show(AuditCheckpointRecord row) {
        return new ProofViews.CheckpointView(
                origins.of(row.getTenant()),
                row.getSize(),
                base64(row.getRoot()),
                row.getSignedAt().toInstant(),
                checkpoints.cosigned(row));
    }

    ProofViews.SigningKeyView key(TenantId tenant) {
        return new ProofViews.SigningKeyView(
                origins.of(tenant.value()),
                origins.key(tenant.value()).text(),
                origins.mlDsaKey(tenant.value()).map(CosignerKey::text).orElse(null));
    }

    /**
     * A log as it stands.
     *
     * @param size leaves in it by now, signed or not
     * @param tiles number of the table that has its tiles
     */
    private record Extent(long size, long tiles) {}

    // The number is asked for before the tiles are: what a rebuild in between makes of that is remembered for nobody.
    private Extent extent(TenantId tenant) {
        return view.select(AUDIT_LOG.SIZE, TABLE)
                .from(AUDIT_LOG)
                .where(AUDIT_LOG.TENANT.eq(tenant.value()))
                .fetchOptional(row -> new Extent(row.value1(), row.value2()))
                .orElse(new Extent(0, 0));
    }

    /** The index of an event or of a use. */
    long index(TenantId tenant, UUID name) {
        return view.select(AUDIT_LEAF.INDEX)
                .from(AUDIT_LEAF)
                .where(AUDIT_LEAF.TENANT.eq(tenant.value()))
                .and(AUDIT_LEAF.NAME.eq(name))
                .orderBy(AUDIT_LEAF.INDEX)
                .limit(1)
                .fetchOptional(AUDIT_LEAF.INDEX)
                .orElseThrow(() -> Rejection.of(AuditRefusal.NO_LEAF));
    }

    ProofViews.InclusionView inclusion(TenantId tenant, long index, long size) {
        Extent extent = extent(tenant);
        if (index >= size || size > extent.size()) {
            throw Rejection.of(AuditRefusal.NO_LEAF);
        }
        byte[] leaf = view.select(AUDIT_LEAF.LEAF)
                .from(AUDIT_LEAF)
                .where(new LeafPlace(tenant.value()).between(index, index + 1))
                .fetchOptional(AUDIT_LEAF.LEAF)
                .orElseThrow(() -> Rejection.of(AuditRefusal.NO_LEAF));
        return new TileReader(view, tenant.value(), tiles.of(extent.tiles(), tenant.value()))
                .prove(proofs -> new ProofViews.InclusionView(
                        index,
                        size,
                        base64(proofs.root(size)),
                        base64(leaf),
                        base64(new MerkleHash().leaf(leaf)),
                        base64(proofs.inclusion(index, size))));
    }

    ProofViews.ConsistencyView consistency(TenantId tenant, long from, long to) {
        Extent extent = extent(tenant);
        if (to > extent.size()) {
            throw Rejection.of(AuditRefusal.NO_LEAF);
        }
        return new TileReader(view, tenant.value(), tiles.of(extent.tiles(), tenant.value()))
                .prove(proofs -> new ProofViews.ConsistencyView(
                        from,
                        base64(proofs.root(from)),
                        to,
                        base64(proofs.root(to)),
                        base64(proofs.consistency(from, to))));
    }

    ProofViews.TileView tile(TenantId tenant, int level, long index) {
        byte[] hashes = view.select(AUDIT_TILE.HASHES)
                .from(AUDIT_TILE)
                .where(AUDIT_TILE.TENANT.eq(tenant.value()))
                .and(AUDIT_TILE.LEVEL.eq((short) level))
                .and(AUDIT_TILE.INDEX.eq(index))
                .fetchOptional(AUDIT_TILE.HASHES)
                .orElseThrow(() -> Rejection.of(AuditRefusal.NO_LEAF));
        int width = Math.min(Tiles.WIDTH, hashes.length / MerkleHash.LENGTH);
        return new ProofViews.TileView(level, index, width, base64(hashes));
    }

    private static String base64(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }

    private static List<String> base64(List<byte[]> hashes) {
        return hashes.stream().map(ProofReader::base64).toList();
    }
}
