package io.byok.query.audit.tree;

import java.io.Serial;

/** Thrown at the start when the database does not know what was signed before; the message is one line for the operator. */
public final class RolledBack extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    RolledBack(String reason) {
        super(reason, null, false, false);
    }
}
