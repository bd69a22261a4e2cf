package io.byok.command.store;

import io.byok.kernel.StreamId;
import io.byok.platform.event.SealedEvent;
import java.util.Optional;
import org.axonframework.eventhandling.EventMessage;

/** Between Axon's event messages and sealed events. */
public interface EventMessages {

    /** The stream of an aggregate. */
    StreamId stream(String aggregateIdentifier);

    /** Seals a message's event for its place. */
    SealedEvent seal(EventMessage<?> message);

    /**
     * Opens an event; a domain event comes back as a domain event message.
     *
     * @return empty when its key was destroyed on purpose
     */
    Optional<EventMessage<?>> open(SealedEvent event);
}
