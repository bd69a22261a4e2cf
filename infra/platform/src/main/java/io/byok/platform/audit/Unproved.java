package io.byok.platform.audit;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown with one line that says what is wrong in an export, and the first leaf that is when that is known. */
public final class Unproved extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What follows from it. */
    public enum Kind {
        /** History was changed, or the export of it. */
        FALSE,
        /** It is no export, or of a format of the future. */
        UNREADABLE,
        /** It holds too little to be linked to the older state, or nothing that a wanted witness cosigned. */
        UNLINKED
    }

    private final Kind kind;
    private final @Nullable Long leaf;

    private Unproved(Kind kind, @Nullable Long leaf, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.leaf = leaf;
    }

    static Unproved leaf(long index, String why) {
        return new Unproved(Kind.FALSE, index, "leaf " + index + ": " + why);
    }

    static Unproved because(String why) {
        return new Unproved(Kind.FALSE, null, why);
    }

    static Unproved unreadable(String why) {
        return new Unproved(Kind.UNREADABLE, null, why);
    }

    static Unproved unlinked(String why) {
        return new Unproved(Kind.UNLINKED, null, why);
    }

    public Kind kind() {
        return kind;
    }

    /** The index of the first bad leaf, absent when it cannot be known. */
    public @Nullable Long leaf() {
        return leaf;
    }
}
