package io.byok.platform.seal;

import java.io.Serial;

/** Thrown at the start for key material that must not be used; the message is one line for the operator, no secret. */
public final class KeyRefused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public KeyRefused(String reason) {
        super(reason, null, false, false);
    }
}
