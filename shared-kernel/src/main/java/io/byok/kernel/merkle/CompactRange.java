package io.byok.kernel.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree by its right edge: the roots of the perfect subtrees that its leaves make up, from left to right, at most 63.
 * Takes leaves one by one and knows the root at any time. Confined to one thread.
 */
public final class CompactRange {

    /** Told of every perfect subtree as it becomes complete, leaves included. */
    @FunctionalInterface
    public interface Completed {
        void node(int level, long index, byte[] hash);
    }

    private final MerkleHash hash;
    private final List<byte[]> edge;
    private long size;

    /** A tree without leaves. */
    public CompactRange(MerkleHash hash) {
        this(hash, 0, List.of());
    }

    /**
     * A tree that is there already.
     *
     * @param edge as {@link #edge} gave it
     * @throws IllegalArgumentException when there are not as many hashes as a tree of that size has
     */
    public CompactRange(MerkleHash hash, long size, List<byte[]> edge) {
        if (size < 0 || Long.bitCount(size) != edge.size()) {
            throw new IllegalArgumentException("a tree of size " + size + " has no edge of " + edge.size());
        }
        this.hash = hash;
        this.size = size;
        this.edge = new ArrayList<>(edge);
    }

    public long size() {
        return size;
    }

    /** Roots of perfect subtrees, the largest first; as many as the size has bits. */
    public List<byte[]> edge() {
        return List.copyOf(edge);
    }

    /** @param leafHash as {@link MerkleHash#leaf} gives it; kept, never changed */
    public void append(byte[] leafHash, Completed completed) {
        take(0, leafHash, completed);
    }

    /** The same, for nobody to be told. */
    public void append(byte[] leafHash) {
        take(0, leafHash, (_, _, _) -> {});
    }

    /**
     * Takes a whole perfect subtree.
     *
     * @param level of its root; the size must be a multiple of {@code 1 << level}
     * @throws IllegalArgumentException when it is not, or the tree would be too large
     */
    public void append(int level, byte[] root) {
        long leaves = 1L << level;
        if (level < 0 || level > 61 || (size & leaves - 1) != 0 || size > Long.MAX_VALUE / 2 - leaves) {
            throw new IllegalArgumentException("no subtree of level " + level + " fits behind " + size);
        }
        take(level, root, (_, _, _) -> {});
    }

    // Adding a subtree is adding a bit to the size: each carry joins two subtrees to one of the next level.
    private void take(int level, byte[] root, Completed completed) {
        byte[] top = root;
        int at = level;
        long index = size >> level;
        completed.node(at, index, top);
        while ((index & 1) == 1) {
            top = hash.node(edge.removeLast(), top);
            index >>= 1;
            completed.node(++at, index, top);
        }
        edge.add(top);
        size += 1L << level;
    }

    /** The root over all leaves so far. */
    public byte[] root() {
        if (edge.isEmpty()) {
            return hash.empty();
        }
        byte[] root = edge.getLast();
        for (int i = edge.size() - 2; i >= 0; i--) {
            root = hash.node(edge.get(i), root);
        }
        return root;
    }
}
