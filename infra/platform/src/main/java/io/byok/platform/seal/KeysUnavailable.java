package io.byok.platform.seal;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when keys cannot be reached now: the key provider or the keyring's tables are away, or this node was never
 * given that chain. Says nothing about the data; to callers it is a 503.
 */
public final class KeysUnavailable extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public KeysUnavailable(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}
