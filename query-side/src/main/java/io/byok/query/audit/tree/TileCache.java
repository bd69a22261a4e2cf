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
 * are shown; what is signed is read anew. A rebuild makes a table of its own, and nothing that was read from another table
 * is remembered of it. Forgotten after a while all the same, so that a table that was healed in place is seen.
 */
public final class TileCache {

    static final int MOST = 1_024; // 8 MB

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int WHOLE = Tiles.WIDTH * MerkleHash.LENGTH;

    private final Cache<Key, byte[]> tiles =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST).build();

    private record Key(long table, UUID tenant, Tiles.Tile tile) {}

    /**
     * What is remembered of one log.
     *
     * @param table by its number in PostgreSQL, which a rebuild changes
     */
    public Part of(long table, UUID tenant) {
        return new Part(table, tenant);
    }

    /** How many are remembered. */
    long size() {
        tiles.cleanUp();
        return tiles.estimatedSize();
    }

    /** Tiles of one log in one table. */
    public final class Part {

        private final long table;
        private final UUID tenant;

        private Part(long table, UUID tenant) {
            this.table = table;
            this.tenant = tenant;
        }

        /** Those of these that are remembered. */
        void take(Iterable<Tiles.Tile> wanted, Map<Tiles.Tile, byte[]> into) {
            for (Tiles.Tile tile : wanted) {
                byte[] hashes = tiles.getIfPresent(new Key(table, tenant, tile));
                if (hashes != null) {
                    into.put(tile, hashes);
                }
            }
        }

        /** @param hashes never changed; not kept unless they are all that the tile will ever hold */
        void put(Tiles.Tile tile, byte[] hashes) {
            if (hashes.length == WHOLE) {
                tiles.put(new Key(table, tenant, tile), hashes);
            }
        }
    }
}
