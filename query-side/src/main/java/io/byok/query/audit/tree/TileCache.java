package io.byok.query.audit.tree;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.merkle.Tiles;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * Remembers whole tiles: what is in one never changes, since a log only grows. Proofs share the upper ones. For proofs that
 * are shown; what is signed is read anew. Forgotten after a while all the same, so that a table that was healed is seen.
 */
public final class TileCache {

    private static final int MOST = 1_024; // 8 MB
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int WHOLE = Tiles.WIDTH * MerkleHash.LENGTH;

    private final Cache<Key, byte[]> tiles =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST).build();

    private record Key(UUID tenant, Tiles.Tile tile) {}

    /** Those of these that are remembered. */
    void take(UUID tenant, Iterable<Tiles.Tile> wanted, Map<Tiles.Tile, byte[]> into) {
        for (Tiles.Tile tile : wanted) {
            byte[] hashes = tiles.getIfPresent(new Key(tenant, tile));
            if (hashes != null) {
                into.put(tile, hashes);
            }
        }
    }

    /** @param hashes never changed */
    void put(UUID tenant, Tiles.Tile tile, byte[] hashes) {
        if (hashes.length == WHOLE) {
            tiles.put(new Key(tenant, tile), hashes);
        }
    }
}
