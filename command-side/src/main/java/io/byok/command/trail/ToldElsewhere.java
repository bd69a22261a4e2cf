package io.byok.command.trail;

import java.io.Serial;

/** Another node has written it to the log. */
final class ToldElsewhere extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    ToldElsewhere() {
        super("told by another node", null, false, false);
    }
}
