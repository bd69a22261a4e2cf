package io.byok.platform.event;

import io.byok.kernel.Envelope;

/** Between events and their sealed form. Safe for any number of threads. */
public interface EventSealing {

    /**
     * Seals the event for its own place; the same event sealed twice gives different bytes.
     *
     * @throws io.byok.kernel.Rejection {@code user-erased}, when the key of whom it is about was destroyed
     */
    SealedEvent seal(Envelope envelope);

    /**
     * Opens a sealed event.
     *
     * @throws UnreadableEvent when the seal does not hold in this place, or the name is unknown here
     */
    Opened open(SealedEvent event);
}
