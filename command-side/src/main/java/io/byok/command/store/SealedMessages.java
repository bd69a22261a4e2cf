package io.byok.command.store;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.Envelope;
import io.byok.kernel.StreamId;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.Opened;
import io.byok.platform.event.SealedEvent;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/** The product's events: every one belongs to an aggregate, is one of the kernel's, and says whose it is. */
public final class SealedMessages implements EventMessages {

    private final EventSealing sealing;
    private final StreamNames names;

    public SealedMessages(EventSealing sealing, StreamNames names) {
        this.sealing = sealing;
        this.names = names;
    }

    @Override
    public StreamId stream(String aggregateIdentifier) {
        return names.stream(aggregateIdentifier);
    }

    /** @throws IllegalArgumentException for a message that is none of ours: a bug */
    @Override
    public SealedEvent seal(EventMessage<?> message) {
        if (!(message instanceof DomainEventMessage<?> ours) || !(ours.getPayload() instanceof DomainEvent event)) {
            throw new IllegalArgumentException(
                    "not an event of an aggregate: " + message.getPayloadType().getName());
        }
        MetaData metadata = ours.getMetaData();
        return sealing.seal(new Envelope(
                UUID.fromString(ours.getIdentifier()),
                EventMetadata.tenant(metadata),
                EventMetadata.subject(metadata),
                names.stream(ours.getAggregateIdentifier()),
                ours.getSequenceNumber(),
                event,
                EventMetadata.by(metadata)));
    }

    @Override
    public Optional<EventMessage<?>> open(SealedEvent event) {
        return switch (sealing.open(event)) {
            case Opened.Clear(SealedEvent sealed, Envelope envelope) -> Optional.of(message(envelope));
            case Opened.Shredded(SealedEvent sealed) -> Optional.empty();
        };
    }

    private EventMessage<?> message(Envelope envelope) {
        return new GenericDomainEventMessage<>(
                envelope.stream().type().word(),
                names.text(envelope.stream()),
                envelope.sequence(),
                envelope.event(),
                EventMetadata.of(envelope.tenant(), envelope.subject(), envelope.by()),
                envelope.eventId().toString(),
                envelope.event().at());
    }
}
