package io.byok.command.validation;

import io.byok.command.bus.Ids;
import io.byok.command.store.Entry;
import io.byok.command.store.Row;
import io.byok.kernel.Envelope;
import io.byok.kernel.Provenance;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.validation.ValidationEvent;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.SealedEvent;
import java.util.List;

/** One thing learnt about a key, with the row that it changes. Sealed before it is handed in: nobody waits for that. */
final class Learnt implements Entry {

    private final SealedEvent event;
    private final Row<?> row;

    Learnt(
            TenantId tenant,
            SubjectId subject,
            ValidationEvent event,
            Provenance by,
            Row<?> row,
            EventSealing sealing,
            Ids ids) {
        // A stream of its own: what is learnt follows nothing, so nothing can conflict with it.
        StreamId stream = new StreamId(StreamType.VALIDATION, ids.next());
        this.event = sealing.seal(new Envelope(ids.next(), tenant, subject, stream, 0, event, by));
        this.row = row;
    }

    @Override
    public List<Row<?>> rows() {
        return List.of(row);
    }

    @Override
    public List<SealedEvent> events() {
        return List.of(event);
    }
}
