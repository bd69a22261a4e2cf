package io.byok.query.feed;

import io.byok.query.feed.RecordReader.Gap;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to do about positions that Kafka does not deliver: read again first, and when the same hole is met twice (a topic
 * that lost its head, or was made anew), take the missing events from the event store, which is the truth.
 *
 * <p>Confined to one thread.
 */
final class GapFiller {

    private static final Logger log = LoggerFactory.getLogger(GapFiller.class);

    private final EventSource store;
    private final EventOpener opener;
    private @Nullable Gap last;

    GapFiller(EventSource store, EventOpener opener) {
        this.store = store;
        this.opener = opener;
    }

    /**
     * Meets a hole.
     *
     * @param apply takes the missing events when the same hole was met before
     * @return whether it did
     */
    boolean fills(Gap gap, Consumer<List<Received>> apply) {
        if (!gap.equals(last)) {
            last = gap;
            log.error("positions {} to {} are missing in Kafka: reading again", gap.from(), gap.to());
            return false;
        }
        log.error("positions {} to {} are missing in Kafka: taking them from the event store", gap.from(), gap.to());
        store.read(
                gap.from() - 1,
                gap.to(),
                batch -> apply.accept(batch.stream()
                        .map(event -> opener.open(event, Received.NO_OFFSET))
                        .toList()));
        last = null;
        return true;
    }
}
