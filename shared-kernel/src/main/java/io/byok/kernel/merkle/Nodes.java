package io.byok.kernel.merkle;

/** The hashes of perfect subtrees, wherever they are kept. */
@FunctionalInterface
public interface Nodes {

    /**
     * The hash over the leaves from {@code index << level}, exclusive {@code index + 1 << level}.
     *
     * @param level 0 for leaves
     * @throws MissingNode when it is not there
     */
    byte[] node(int level, long index);
}
