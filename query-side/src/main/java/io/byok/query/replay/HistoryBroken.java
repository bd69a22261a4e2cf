package io.byok.query.replay;

import java.io.Serial;

/** Thrown when the event store is not whole. Says which position, and nothing of any event. */
final class HistoryBroken extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    HistoryBroken(String reason) {
        super(reason, null, false, false);
    }
}
