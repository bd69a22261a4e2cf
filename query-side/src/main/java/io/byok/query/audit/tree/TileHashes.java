package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_TILE;

import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.merkle.Tiles;
import java.util.Arrays;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The stored hashes of leaves, read a tile at a time as they are asked for in order. */
final class TileHashes {

    private final DSLContext view;
    private final UUID tenant;
    private long tile = -1;
    private byte[] hashes = new byte[0];

    TileHashes(DSLContext view, UUID tenant) {
        this.view = view;
        this.tenant = tenant;
    }

    /** Null when it is gone. */
    byte @Nullable [] at(long index) {
        if (index / Tiles.WIDTH != tile) {
            tile = index / Tiles.WIDTH;
            hashes = view.select(AUDIT_TILE.HASHES)
                    .from(AUDIT_TILE)
                    .where(AUDIT_TILE.TENANT.eq(tenant))
                    .and(AUDIT_TILE.LEVEL.eq((short) 0))
                    .and(AUDIT_TILE.INDEX.eq(tile))
                    .fetchOptional(AUDIT_TILE.HASHES)
                    .orElse(new byte[0]);
        }
        int at = (int) (index % Tiles.WIDTH) * MerkleHash.LENGTH;
        return at + MerkleHash.LENGTH <= hashes.length ? Arrays.copyOfRange(hashes, at, at + MerkleHash.LENGTH) : null;
    }
}
