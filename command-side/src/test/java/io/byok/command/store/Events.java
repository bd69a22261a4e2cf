package io.byok.command.store;

import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.TenantId;
import io.byok.platform.event.EventNames;
import io.byok.platform.event.SealedEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Events and entries to append; what is sealed inside is of no interest to the store. */
public final class Events {

    private static final TenantId TENANT = new TenantId(new UUID(1, 1));
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");

    private Events() {}

    public static StreamId stream() {
        return new StreamId(StreamType.KEY, UUID.randomUUID());
    }

    public static SealedEvent event(StreamId stream, long sequence) {
        return event(stream, sequence, new byte[] {1, 2, 3});
    }

    public static SealedEvent event(StreamId stream, long sequence, byte[] payload) {
        return new SealedEvent(
                UUID.randomUUID(),
                TENANT,
                null,
                stream,
                sequence,
                EventNames.named((short) 31, (short) 1),
                AT,
                payload);
    }

    public static Entry entry(SealedEvent... events) {
        return entry(List.of(), events);
    }

    public static Entry entry(List<Row<?>> rows, SealedEvent... events) {
        List<SealedEvent> all = List.of(events);
        return new Entry() {
            @Override
            public List<Row<?>> rows() {
                return rows;
            }

            @Override
            public List<SealedEvent> events() {
                return all;
            }
        };
    }
}
