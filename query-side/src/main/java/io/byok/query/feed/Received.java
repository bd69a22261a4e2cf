package io.byok.query.feed;

import io.byok.platform.event.Opened;
import io.byok.platform.event.SealedEvent;
import org.jspecify.annotations.Nullable;

/** What came out of a source of events, before any read model has seen it. */
public sealed interface Received {

    /** The position everything up to this is known to; for a foreign record that of the event before it. */
    long position();

    /** Where it lay in Kafka; {@link #NO_OFFSET} when it came from the event store. */
    long offset();

    long NO_OFFSET = -1;

    /** An event that opened, or was shredded on purpose. */
    record Readable(long position, long offset, Opened opened) implements Received {}

    /** An event of ours, by its place, that nobody here can read. */
    record Unreadable(long position, long offset, SealedEvent sealed, String reason) implements Received {}

    /** A record that is none of ours; it takes no position. */
    record Foreign(long position, long offset, String reason) implements Received {}

    /** The clear part, absent for what is none of ours. */
    default @Nullable SealedEvent sealed() {
        return switch (this) {
            case Readable readable -> readable.opened().sealed();
            case Unreadable unreadable -> unreadable.sealed;
            case Foreign _ -> null;
        };
    }
}
