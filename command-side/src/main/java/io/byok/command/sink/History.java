package io.byok.command.sink;

import io.byok.platform.event.StoredEvent;
import java.util.List;

/** What the database has committed. */
interface History {

    long lastPosition();

    /** At most {@code limit} events after a position, in order. */
    List<StoredEvent> after(long position, int limit);
}
