package io.byok.command.store;

import io.byok.kernel.StreamId;
import io.byok.platform.event.SealedEvent;
import java.util.List;

/**
 * One thing that becomes durable as a whole, or not at all.
 *
 * <p>The methods are called by the appender's own thread, which every other writer waits for: they must not block. A
 * failing transaction is tried again, with fewer neighbours; each attempt asks afresh, and only what the
 * last attempt was told counts. What they throw fails this entry alone.
 */
public interface Entry {

    /**
     * The streams that the events will continue, where that is known beforehand: they are then looked up on the way.
     * Saves time and means nothing else.
     */
    default List<StreamId> streams() {
        return List.of();
    }

    /** Rows that must be true at once with the events; asked before {@link #events()}. */
    List<Row<?>> rows();

    /**
     * Sealed events, in order, each the next one of its stream; may be empty. Asked after every row was admitted, in the
     * batch's transaction and under its lock, so that an entry may build them from what was admitted.
     */
    List<SealedEvent> events();
}
