package io.byok.command.store;

import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.TenantId;
import io.byok.platform.event.EventName;
import io.byok.platform.event.SealedEvent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;

/** Events as Axon's contract tests have them: texts, of aggregates with any name or of none, with any metadata. */
final class TextMessages implements EventMessages {

    private static final String NONE = "";

    @Override
    public StreamId stream(String aggregateIdentifier) {
        return new StreamId(
                StreamType.KEY, UUID.nameUUIDFromBytes(aggregateIdentifier.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public SealedEvent seal(EventMessage<?> message) {
        UUID id = UUID.fromString(message.getIdentifier());
        boolean domain = message instanceof DomainEventMessage;
        String aggregate = message instanceof DomainEventMessage<?> ours ? ours.getAggregateIdentifier() : NONE;
        long sequence = message instanceof DomainEventMessage<?> ours ? ours.getSequenceNumber() : 0;
        StringBuilder text = new StringBuilder(aggregate).append('\n').append(message.getPayload());
        message.getMetaData()
                .forEach((k, v) -> text.append('\n').append(k).append('=').append(v));
        return new SealedEvent(
                id,
                new TenantId(new UUID(7, 7)),
                null,
                domain ? stream(aggregate) : new StreamId(StreamType.USE, id),
                sequence,
                new EventName((short) 1, "text", (short) 1),
                message.getTimestamp(),
                text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<EventMessage<?>> open(SealedEvent event) {
        String[] lines = new String(event.payload(), StandardCharsets.UTF_8).split("\n", -1);
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int i = 2; i < lines.length; i++) {
            String[] pair = lines[i].split("=", 2);
            metadata.put(pair[0], pair[1]);
        }
        String id = event.eventId().toString();
        GenericMessage<String> message = new GenericMessage<>(id, lines[1], MetaData.from(metadata));
        return Optional.of(
                lines[0].equals(NONE)
                        ? new GenericEventMessage<>(message, event::occurredAt)
                        : new GenericDomainEventMessage<>(
                                "type", lines[0], event.sequence(), message, event::occurredAt));
    }
}
