package io.byok.kernel.merkle;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Hashes as tiles of the C2SP tlog-tiles form: a tile of level {@code l} holds up to 256 hashes of the tree's level
 * {@code 8 l}, from left to right; those between are computed. A proof for 10^8 leaves needs no more than eight.
 */
public final class Tiles implements Nodes {

    /** Levels of the tree in a tile. */
    public static final int HEIGHT = 8;

    /** Hashes in a full tile. */
    public static final int WIDTH = 1 << HEIGHT;

    /** Which tile. @param index from 0, from the left */
    public record Tile(int level, long index) {}

    private final MerkleHash hash;
    private final Map<Tile, byte[]> tiles;

    /** @param tiles the hashes one after another, lent; what is not there is missing */
    public Tiles(MerkleHash hash, Map<Tile, byte[]> tiles) {
        this.hash = hash;
        this.tiles = tiles;
    }

    /** Notes which tiles some work needs, without any: its answer is meaningless. */
    public static final class Needed implements Nodes {

        private static final byte[] NOTHING = new byte[MerkleHash.LENGTH];

        private final Set<Tile> tiles = new LinkedHashSet<>();

        @Override
        public byte[] node(int level, long index) {
            tiles.add(tileOf(level, index));
            return NOTHING;
        }

        public Set<Tile> tiles() {
            return tiles;
        }
    }

    /** The tile from which a node can be had. */
    public static Tile tileOf(int level, long index) {
        return new Tile(level / HEIGHT, index << level % HEIGHT >> HEIGHT);
    }

    private final Map<Long, byte[]> known = new HashMap<>();

    @Override
    public byte[] node(int level, long index) {
        if (level % HEIGHT == 0) {
            return stored(level, index);
        }
        // Level and index of a node below 2^56 leaves fit into one number.
        long name = (long) level << 57 | index;
        byte[] found = known.get(name);
        if (found == null) {
            found = hash.node(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
            known.put(name, found);
        }
        return found;
    }

    private byte[] stored(int level, long index) {
        byte[] tile = tiles.get(tileOf(level, index));
        int at = (int) (index % WIDTH) * MerkleHash.LENGTH;
        if (tile == null || tile.length < at + MerkleHash.LENGTH) {
            throw new MissingNode(level, index);
        }
        return Arrays.copyOfRange(tile, at, at + MerkleHash.LENGTH);
    }
}
