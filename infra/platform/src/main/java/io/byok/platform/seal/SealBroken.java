package io.byok.platform.seal;

import java.io.Serial;

/**
 * Thrown for everything that does not open: foreign bytes, a wrong key, a changed bit, another place. It is one mute
 * failure on purpose: no message, cause or stack trace tells an attacker how far he got.
 */
public final class SealBroken extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Mute, as it says above. */
    public SealBroken() {
        super("the seal does not hold", null, false, false);
    }
}
