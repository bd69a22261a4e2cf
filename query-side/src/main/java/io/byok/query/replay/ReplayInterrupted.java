package io.byok.query.replay;

import java.io.Serial;

/** Thrown within a replay when the server stops. */
final class ReplayInterrupted extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    ReplayInterrupted() {
        super("the server stops", null, false, false);
    }
}
