package io.byok.command.store;

import io.byok.platform.event.SealedEvent;
import java.io.Serial;

/** An event is not the next one of its stream: another one has that sequence, or the one before it is missing. */
public final class StreamConflict extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    StreamConflict(SealedEvent event, long next) {
        super(event.stream() + " goes on with #" + next + ", not with #" + event.sequence(), null, false, false);
    }
}
