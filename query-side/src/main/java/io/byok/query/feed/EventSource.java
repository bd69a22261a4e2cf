package io.byok.query.feed;

import io.byok.platform.event.StoredEvent;
import java.util.List;
import java.util.function.Consumer;

/** Where the history can be read again from. Kafka is the live source; the event store is the one for replays. */
public interface EventSource {

    /** The last position there is, 0 for none. */
    long end();

    /**
     * Reads a range in order, in batches of bounded size, within one snapshot.
     *
     * @param after exclusive
     * @param upTo inclusive
     * @throws RuntimeException when a position of the range is missing or the source is away
     */
    void read(long after, long upTo, Consumer<List<StoredEvent>> batches);
}
