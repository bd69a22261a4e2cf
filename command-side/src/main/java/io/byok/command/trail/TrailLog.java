package io.byok.command.trail;

import io.byok.command.bus.Ids;
import io.byok.command.store.Appender;
import io.byok.command.store.Entry;
import io.byok.command.store.Row;
import io.byok.kernel.Envelope;
import io.byok.kernel.Provenance;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.TenantId;
import io.byok.kernel.trail.TrailEvent;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.SealedEvent;
import java.util.List;

/** Writes what is on record to the log. Sealed for the tenant: who was asked about stands in it by the random id. */
final class TrailLog {

    private final Appender appender;
    private final EventSealing sealing;
    private final Ids ids;

    TrailLog(Appender appender, EventSealing sealing, Ids ids) {
        this.appender = appender;
        this.sealing = sealing;
        this.ids = ids;
    }

    private record Sealed(SealedEvent event, List<Row<?>> rows) implements Entry {

        @Override
        public List<SealedEvent> events() {
            return List.of(event);
        }
    }

    /**
     * Durable when it returns.
     *
     * @param rows what must be true at once with it
     */
    void write(TenantId tenant, Provenance by, TrailEvent event, List<Row<?>> rows) {
        sealing.prepare(tenant, null, event.getClass(), event.at());
        // A stream of its own: it follows nothing, so nothing can conflict with it.
        StreamId stream = new StreamId(StreamType.TRAIL, ids.next());
        appender.append(new Sealed(sealing.seal(new Envelope(ids.next(), tenant, null, stream, 0, event, by)), rows));
    }
}
