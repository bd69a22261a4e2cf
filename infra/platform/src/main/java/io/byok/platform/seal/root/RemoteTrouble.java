package io.byok.platform.seal.root;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A key service did not do what it was asked; nothing is said about the data. The message names no secret. */
public final class RemoteTrouble extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    private RemoteTrouble(String what, boolean passing, @Nullable Throwable cause) {
        super(what, cause);
        this.passing = passing;
    }

    /** It may work when asked again: throttled, overloaded, restarting, unreachable, or it answered garbage. */
    public static RemoteTrouble passing(String what, @Nullable Throwable cause) {
        return new RemoteTrouble(what, true, cause);
    }

    /** It will not work until somebody changes something: no permission, no such key. */
    public static RemoteTrouble lasting(String what) {
        return new RemoteTrouble(what, false, null);
    }

    public boolean isPassing() {
        return passing;
    }
}
