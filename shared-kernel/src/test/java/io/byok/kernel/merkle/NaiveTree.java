package io.byok.kernel.merkle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The definitions of RFC 6962 section 2.1 word for word, over leaves in memory: what everything else is held against. */
final class NaiveTree {

    private final MerkleHash hash = new MerkleHash();

    byte[] root(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return hash.empty();
        }
        if (leaves.size() == 1) {
            return hash.leaf(leaves.getFirst());
        }
        int k = split(leaves.size());
        return hash.node(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
    }

    List<byte[]> path(int m, List<byte[]> leaves) {
        List<byte[]> path = new ArrayList<>();
        if (leaves.size() > 1) {
            int k = split(leaves.size());
            if (m < k) {
                path.addAll(path(m, leaves.subList(0, k)));
                path.add(root(leaves.subList(k, leaves.size())));
            } else {
                path.addAll(path(m - k, leaves.subList(k, leaves.size())));
                path.add(root(leaves.subList(0, k)));
            }
        }
        return path;
    }

    List<byte[]> proof(int m, List<byte[]> leaves) {
        return subproof(m, leaves, true);
    }

    private List<byte[]> subproof(int m, List<byte[]> leaves, boolean b) {
        List<byte[]> proof = new ArrayList<>();
        if (m == leaves.size()) {
            if (!b) {
                proof.add(root(leaves));
            }
            return proof;
        }
        int k = split(leaves.size());
        if (m <= k) {
            proof.addAll(subproof(m, leaves.subList(0, k), b));
            proof.add(root(leaves.subList(k, leaves.size())));
        } else {
            proof.addAll(subproof(m - k, leaves.subList(k, leaves.size()), false));
            proof.add(root(leaves.subList(0, k)));
        }
        return proof;
    }

    private static int split(int n) {
        int k = 1;
        while (k * 2 < n) {
            k *= 2;
        }
        return k;
    }

    /** The same leaves as tiles. */
    static Tiles tiles(List<byte[]> leaves) {
        MerkleHash hash = new MerkleHash();
        Map<Tiles.Tile, byte[]> tiles = new HashMap<>();
        CompactRange range = new CompactRange(hash);
        for (byte[] leaf : leaves) {
            range.append(hash.leaf(leaf), (level, index, node) -> {
                if (level % Tiles.HEIGHT == 0) {
                    tiles.merge(Tiles.tileOf(level, index), node, NaiveTree::joined);
                }
            });
        }
        return new Tiles(hash, tiles);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = new byte[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
