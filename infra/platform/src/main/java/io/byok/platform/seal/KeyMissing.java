package io.byok.platform.seal;

import java.io.Serial;
import java.util.UUID;

/**
 * Thrown for sealed bytes whose key is gone although nobody destroyed it on purpose: there is no tombstone. Never taken
 * for an erasure, or deleting rows would be a way to blind the history without a trace.
 */
public final class KeyMissing extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    KeyMissing(UUID keyId) {
        super("the key " + keyId + " is missing, and no tombstone says that it was destroyed", null, false, false);
    }
}
