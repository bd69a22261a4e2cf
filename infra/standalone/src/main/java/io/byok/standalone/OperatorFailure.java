package io.byok.standalone;

import java.io.Serial;

/** Why a command against a running server ended: one line for the person at the console, and an exit code. */
final class OperatorFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    static final int FAILED = 1;
    static final int NOT_RUNNING = 3;

    private final int exit;

    OperatorFailure(int exit, String line) {
        super(line, null, false, false);
        this.exit = exit;
    }

    int exit() {
        return exit;
    }
}
