package io.byok.command.store;

import io.byok.platform.event.SealedEvent;
import java.util.List;

/**
 * One thing that becomes durable as a whole, or not at all.
 *
 * <p>Both methods are called by the appender's own thread, which every other writer waits for: they must not block. A
 * failing transaction is tried again, with fewer neighbours; each attempt asks both methods afresh, and only what the
 * last attempt was told counts. What they throw fails this entry alone.
 */
public interface Entry {

    /** Rows that must be true at once with the events; asked before {@link #events()}. */
    List<Row<?>> rows();

    /**
     * Sealed events, in order, each the next one of its stream; may be empty. Asked after every row was admitted, in the
     * batch's transaction and under its lock, so that an entry may build them from what was admitted.
     */
    List<SealedEvent> events();
}
