package io.byok.query.feed;

import java.io.Serial;

/** Thrown when a read model no longer stands where this node left it: another node keeps it, or it was rebuilt. */
public final class MovedElsewhere extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    MovedElsewhere() {
        super("another node has moved the read model", null, false, false);
    }
}
