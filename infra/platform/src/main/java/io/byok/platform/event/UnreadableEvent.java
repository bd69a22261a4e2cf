package io.byok.platform.event;

import java.io.Serial;

/** Thrown for a sealed event that does not open or that this version does not know. Tells where it stands, no more. */
public final class UnreadableEvent extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public UnreadableEvent(SealedEvent event, String reason) {
        super("cannot read " + event + ": " + reason);
    }
}
