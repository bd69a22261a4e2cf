package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_TILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.TenantId;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.merkle.Tiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TileCacheTest {

    private static final UUID TENANT = new UUID(1, 1);
    private static final Tiles.Tile TILE = new Tiles.Tile(0, 7);
    private static final byte[] WHOLE = new byte[Tiles.WIDTH * MerkleHash.LENGTH];

    private final TileCache cache = new TileCache();

    private static Map<Tiles.Tile, byte[]> taken(TileCache.Part part) {
        Map<Tiles.Tile, byte[]> into = new HashMap<>();
        part.take(List.of(TILE, new Tiles.Tile(1, 0)), into);
        return into;
    }

    @Test
    void a_whole_tile_is_remembered_and_a_partial_one_never() {
        TileCache.Part part = cache.of(1, TENANT);
        part.put(TILE, new byte[WHOLE.length - MerkleHash.LENGTH]);
        assertThat(taken(part)).isEmpty();
        part.put(TILE, WHOLE);
        assertThat(taken(part)).containsExactly(Map.entry(TILE, WHOLE));
        part.put(new Tiles.Tile(1, 0), new byte[WHOLE.length + MerkleHash.LENGTH]);
        assertThat(taken(part)).as("what no tile is").containsOnlyKeys(TILE);
    }

    @Test
    void a_tile_is_remembered_of_its_tenant_and_table_only() {
        cache.of(1, TENANT).put(TILE, WHOLE);
        assertThat(taken(cache.of(1, new UUID(1, 2)))).isEmpty();
        assertThat(taken(cache.of(2, TENANT))).isEmpty();
        assertThat(taken(cache.of(1, TENANT))).containsOnlyKeys(TILE);
    }

    @Test
    void what_is_remembered_is_bounded() {
        TileCache.Part part = cache.of(1, TENANT);
        for (long index = 0; index < 5L * TileCache.MOST; index++) {
            part.put(new Tiles.Tile(0, index), WHOLE);
        }
        assertThat(cache.size()).isBetween(1L, (long) TileCache.MOST);
    }

    @Test
    void proofs_hold_while_a_log_grows_over_the_ends_of_tiles() {
        try (SignedLedger log = new SignedLedger(31)) {
            TenantId platform = ProofReader.PLATFORM;
            for (int growth = 0; growth < 12; growth++) {
                log.grow(47, 20).sign();
                long size =
                        log.checkpoints.newest(platform.value()).orElseThrow().getSize();
                for (long index : new long[] {0, size / 2, size - 2, size - 1}) {
                    assertThat(log.proves(platform, index))
                            .as("leaf %s of %s", index, size)
                            .isTrue();
                }
            }
            assertThat(log.ledger().jooq().fetchCount(AUDIT_TILE, AUDIT_TILE.TENANT.eq(platform.value())))
                    .as("tiles")
                    .isGreaterThan(3);
        }
    }
}
