package io.byok.query.feed;

import io.byok.platform.event.EventSealing;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.event.UnreadableEvent;
import java.util.Optional;

/** Opens events once for all read models. What cannot be read becomes a value: it must stop its stream only. */
public final class EventOpener {

    private final EventSealing sealing;

    public EventOpener(EventSealing sealing) {
        this.sealing = sealing;
    }

    /** @param offset where it lay in Kafka, or {@link Received#NO_OFFSET} */
    public Received open(StoredEvent stored, long offset) {
        try {
            return new Received.Readable(stored.position(), offset, sealing.open(stored.event()));
        } catch (UnreadableEvent unreadable) {
            String reason = Optional.ofNullable(unreadable.getMessage()).orElse("cannot be read");
            return new Received.Unreadable(stored.position(), offset, stored.event(), reason);
        }
    }
}
