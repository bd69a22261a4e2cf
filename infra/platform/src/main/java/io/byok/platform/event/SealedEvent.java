package io.byok.platform.event;

import io.byok.kernel.StreamId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it lies in the store and travels through Kafka: what everybody may see, and the sealed rest. The clear
 * part is bound to the sealed one, so that a sealed payload opens in its own place only.
 *
 * @param name which event it is, by {@link EventNames}
 * @param payload suite 1 over the event's JSON and its provenance; lent, never changed
 */
public record SealedEvent(
        UUID eventId,
        TenantId tenant,
        @Nullable SubjectId subject,
        StreamId stream,
        long sequence,
        EventName name,
        Instant occurredAt,
        byte[] payload) {

    @Override
    public String toString() {
        return name + " " + stream + "#" + sequence;
    }
}
