package io.byok.kernel.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes roots and proofs of RFC 6962 sections 2.1.1 and 2.1.2 for a tree of any size up to that of the kept one. Confined
 * to one thread.
 */
public final class Proofs {

    private final MerkleHash hash;
    private final Nodes nodes;

    public Proofs(MerkleHash hash, Nodes nodes) {
        this.hash = hash;
        this.nodes = nodes;
    }

    /** The root of the first {@code size} leaves. */
    public byte[] root(long size) {
        return size == 0 ? hash.empty() : over(0, size);
    }

    /**
     * That a leaf is in a tree: the audit path, from the leaf to the root.
     *
     * @param index from 0, less than the size
     */
    public List<byte[]> inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " in a tree of size " + size);
        }
        List<byte[]> path = new ArrayList<>();
        inclusion(index, 0, size, path);
        return path;
    }

    private void inclusion(long index, long from, long to, List<byte[]> path) {
        if (to - from == 1) {
            return;
        }
        long middle = from + left(to - from);
        if (index < middle) {
            inclusion(index, from, middle, path);
            path.add(over(middle, to));
        } else {
            inclusion(index, middle, to, path);
            path.add(over(from, middle));
        }
    }

    /**
     * That a tree is the beginning of another; empty when one of them is empty or both are the same.
     *
     * @param from the smaller size
     */
    public List<byte[]> consistency(long from, long to) {
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("a tree of size " + from + " is no beginning of one of size " + to);
        }
        List<byte[]> proof = new ArrayList<>();
        if (from > 0 && from < to) {
            consistency(from, 0, to, true, proof);
        }
        return proof;
    }

    private void consistency(long size, long from, long to, boolean known, List<byte[]> proof) {
        if (size == to) {
            if (!known) {
                proof.add(over(from, to));
            }
            return;
        }
        long middle = from + left(to - from);
        if (size <= middle) {
            consistency(size, from, middle, known, proof);
            proof.add(over(middle, to));
        } else {
            consistency(size, middle, to, false, proof);
            proof.add(over(from, middle));
        }
    }

    /** The roots of the perfect subtrees from {@code from} to {@code to}, from left to right: what lies beside a range. */
    public List<byte[]> between(long from, long to) {
        List<byte[]> roots = new ArrayList<>();
        for (long at = from; at < to; ) {
            int level = level(at, to);
            roots.add(nodes.node(level, at >> level));
            at += 1L << level;
        }
        return roots;
    }

    /** The level of the largest perfect subtree that begins at {@code at} and ends no later than {@code to}. */
    public static int level(long at, long to) {
        int fits = Long.SIZE - 1 - Long.numberOfLeadingZeros(to - at);
        return at == 0 ? fits : Math.min(fits, Long.numberOfTrailingZeros(at));
    }

    private byte[] over(long from, long to) {
        long leaves = to - from;
        if (Long.bitCount(leaves) == 1) {
            int level = Long.numberOfTrailingZeros(leaves);
            return nodes.node(level, from >> level);
        }
        long middle = from + left(leaves);
        return hash.node(over(from, middle), over(middle, to));
    }

    /** The largest power of two less than {@code leaves}. */
    private static long left(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }
}
