package io.byok.query.audit.tree;

import java.io.Serial;

/** Thrown instead of signing a tree that is not the continuation of what was signed before. Somebody changed history. */
public final class Inconsistent extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    Inconsistent(String log, String why) {
        super("the audit log " + log + " is not signed: " + why, null, false, false);
    }
}
