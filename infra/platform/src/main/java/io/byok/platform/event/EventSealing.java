package io.byok.platform.event;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.Envelope;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Between events and their sealed form. Safe for any number of threads. */
public interface EventSealing {

    /**
     * Seals the event for its own place; the same event sealed twice gives different bytes.
     *
     * @throws io.byok.kernel.Rejection {@code user-erased}, when the key of whom it is about was destroyed
     */
    SealedEvent seal(Envelope envelope);

    /**
     * Makes sure that the key for such an event is at hand, so that sealing it needs no database: to be called before
     * anybody waits for the seal.
     *
     * @param about the end user, absent for none
     */
    default void prepare(TenantId tenant, @Nullable SubjectId about, Class<? extends DomainEvent> type, Instant at) {}

    /** Whether {@link #prepare} has nothing to do now. Never blocks. */
    default boolean isReady(TenantId tenant, @Nullable SubjectId about, Class<? extends DomainEvent> type, Instant at) {
        return true;
    }

    /**
     * Opens a sealed event.
     *
     * @throws UnreadableEvent when the seal does not hold in this place, or the name is unknown here
     */
    Opened open(SealedEvent event);
}
