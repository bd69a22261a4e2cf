package io.byok.command.store;

import io.byok.kernel.StreamId;
import java.io.Serial;

/** The aggregate cannot be loaded: the key of its history was destroyed on purpose. */
public final class HistoryDestroyed extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    HistoryDestroyed(StreamId stream) {
        super("the history of " + stream + " was destroyed", null, false, false);
    }
}
