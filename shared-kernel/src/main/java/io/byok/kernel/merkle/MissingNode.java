package io.byok.kernel.merkle;

import java.io.Serial;

/** Thrown when a hash that a tree of the stated size must have is not there. */
public final class MissingNode extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param level of the tree, 0 for leaves */
    public MissingNode(int level, long index) {
        super("the hash at level " + level + ", index " + index + " is missing", null, false, false);
    }
}
