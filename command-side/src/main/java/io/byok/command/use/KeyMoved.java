package io.byok.command.use;

import java.io.Serial;

/** The key stopped serving between the decision and the record. Nothing was recorded and nothing may leave. */
final class KeyMoved extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    KeyMoved() {
        super("the key stopped serving", null, false, false);
    }
}
