package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_TILE;

import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.merkle.Proofs;
import io.byok.kernel.merkle.Tiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Makes roots and proofs of one log from its tiles: finds out first which ones are needed, and reads them at once. */
public final class TileReader {

    private final DSLContext view;
    private final UUID tenant;
    private final TileCache.@Nullable Part cache;

    /** Remembers nothing. @param view the read models, or a shadow of them */
    public TileReader(DSLContext view, UUID tenant) {
        this(view, tenant, null);
    }

    /** @param cache absent to remember nothing */
    public TileReader(DSLContext view, UUID tenant, TileCache.@Nullable Part cache) {
        this.view = view;
        this.tenant = tenant;
        this.cache = cache;
    }

    /** @throws io.byok.kernel.merkle.MissingNode when a tile is not whole */
    public <R> R prove(Function<Proofs, R> work) {
        MerkleHash hash = new MerkleHash();
        Tiles.Needed needed = new Tiles.Needed();
        R _ = work.apply(new Proofs(hash, needed));
        return work.apply(new Proofs(hash, new Tiles(hash, read(needed))));
    }

    private Map<Tiles.Tile, byte[]> read(Tiles.Needed needed) {
        Map<Tiles.Tile, byte[]> tiles = new HashMap<>();
        if (cache != null) {
            cache.take(needed.tiles(), tiles);
        }
        List<Tiles.Tile> missing =
                needed.tiles().stream().filter(tile -> !tiles.containsKey(tile)).toList();
        if (missing.isEmpty()) {
            return tiles;
        }
        view.select(AUDIT_TILE.LEVEL, AUDIT_TILE.INDEX, AUDIT_TILE.HASHES)
                .from(AUDIT_TILE)
                .where(AUDIT_TILE.TENANT.eq(tenant))
                .and(DSL.row(AUDIT_TILE.LEVEL, AUDIT_TILE.INDEX)
                        .in(missing.stream()
                                .map(tile -> DSL.row((short) tile.level(), tile.index()))
                                .toList()))
                .forEach(row -> keep(tiles, new Tiles.Tile(row.value1(), row.value2()), row.value3()));
        return tiles;
    }

    private void keep(Map<Tiles.Tile, byte[]> tiles, Tiles.Tile tile, byte[] hashes) {
        tiles.put(tile, hashes);
        if (cache != null) {
            cache.put(tile, hashes);
        }
    }
}
