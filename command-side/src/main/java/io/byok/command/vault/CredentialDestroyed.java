package io.byok.command.vault;

import io.byok.kernel.KeyId;
import java.io.Serial;

/** Thrown when a key's data key was destroyed: nothing can be sealed for that key any more. */
public final class CredentialDestroyed extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    CredentialDestroyed(KeyId key) {
        super("the credential of " + key + " was destroyed", null, false, false);
    }
}
