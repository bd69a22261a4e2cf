package io.byok.command.store;

import io.byok.kernel.StreamId;
import io.byok.platform.event.SealedEvent;
import java.util.List;

/** What one unit of work appends: events, sealed by its own thread, and the rows beside them. */
record SealedEntry(List<Row<?>> rows, List<SealedEvent> events) implements Entry {

    @Override
    public List<StreamId> streams() {
        return events.stream().map(SealedEvent::stream).distinct().toList();
    }
}
