package io.byok.command.head;

import java.io.Serial;

/** The key, or its tenant, stopped serving between the decision and the record. Nothing was recorded and nothing may leave. */
public final class KeyMoved extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public KeyMoved() {
        super("the key stopped serving", null, false, false);
    }
}
