package io.byok.platform.event;

import io.byok.kernel.Envelope;

/** What a sealed event turns out to be. */
public sealed interface Opened {

    SealedEvent sealed();

    /** The event, with its seal proved. */
    record Clear(SealedEvent sealed, Envelope envelope) implements Opened {}

    /** Its key was destroyed on purpose; nobody will read it again. A replay goes on. */
    record Shredded(SealedEvent sealed) implements Opened {}
}
