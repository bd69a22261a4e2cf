package io.byok.query.feed;

import io.byok.query.feed.RecordReader.Gap;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to do about positions that Kafka does not deliver in their turn (a topic that lost its head, was made anew, or was
 * copied in disorder): take them from the event store, which is the truth. What Kafka delivers of them later is old then.
 *
 * <p>Confined to one thread.
 */
final class GapFiller {

    static final String NO_SUCH_POSITION = "the event store has no such position";

    private static final Logger log = LoggerFactory.getLogger(GapFiller.class);
    private static final long SAY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final EventSource store;
    private final EventOpener opener;
    private long said = System.nanoTime() - SAY_NANOS;
    private long unsaid;

    GapFiller(EventSource store, EventOpener opener) {
        this.store = store;
        this.opener = opener;
    }

    /**
     * Takes a hole from the event store, and the position at its end too: a record that came before its turn is not
     * believed, since its seal does not say where it belongs. Goes on as far as the records at hand name positions that the
     * store has: where one hole is, there are more.
     *
     * @param ahead the last position that those records name
     * @return how far it went; empty when there is no such position: somebody else wrote the number
     */
    OptionalLong fill(Gap gap, LongSupplier ahead, Consumer<List<Received>> apply) {
        long end = store.end();
        if (gap.to() > end) {
            return OptionalLong.empty();
        }
        say(gap);
        long upTo = Math.clamp(ahead.getAsLong(), gap.to(), end);
        store.read(
                gap.from() - 1,
                upTo,
                batch -> apply.accept(batch.stream()
                        .map(event -> opener.open(event, Received.NO_OFFSET))
                        .toList()));
        return OptionalLong.of(upTo);
    }

    /** A topic in disorder has many holes. */
    private void say(Gap gap) {
        unsaid++;
        if (System.nanoTime() - said >= SAY_NANOS) {
            log.warn(
                    "positions {} to {} are missing in Kafka: taking them from the event store ({} holes since the last"
                            + " word)",
                    gap.from(),
                    gap.to() - 1,
                    unsaid);
            said = System.nanoTime();
            unsaid = 0;
        }
    }
}
