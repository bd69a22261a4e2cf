package io.byok.command.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.byok.kernel.StreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * The opened events of streams that commands asked for lately, so that the next command on one neither reads nor opens
 * them again.
 *
 * <p>What is recalled is a beginning of the stream and may lack its end, since another node may have appended. That is
 * safe for whoever appends: the append conflicts, and is decided again. It is not for whoever does not: a refusal, or a
 * decision that changes nothing, must be made on what the log holds ({@code Commands} sees to it).
 *
 * <p>Opened events are data of people. They are kept for a minute at most, and after {@link #forgetAll()} has returned,
 * nothing is here or comes back from a read that had begun before. Whoever is erased takes everybody's with them: it is
 * soon here again, and there is nothing to look through.
 */
public final class StreamMemory {

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MOST_OF_ONE = 64;

    private final Cache<StreamId, List<DomainEventMessage<?>>> streams;
    private final AtomicLong forgettings = new AtomicLong();

    /** @param most how many events, of all streams; 0 for none. An event takes about a KiB. */
    public StreamMemory(int most) {
        streams = Caffeine.newBuilder()
                .maximumWeight(most)
                .weigher((StreamId stream, List<DomainEventMessage<?>> events) -> events.size())
                .expireAfterWrite(LONGEST)
                .recordStats()
                .build();
    }

    /** What to take before events are read or sealed, and to show when they are kept. */
    long moment() {
        return forgettings.get();
    }

    /** The events of a stream from its first one on; null when they are not here. */
    @Nullable
    List<DomainEventMessage<?>> recall(StreamId stream) {
        return streams.getIfPresent(stream);
    }

    /** Keeps a whole stream as it was read. */
    void keep(StreamId stream, List<DomainEventMessage<?>> events, long moment) {
        if (events.isEmpty() || events.size() > MOST_OF_ONE) {
            streams.invalidate(stream);
            return;
        }
        streams.put(stream, List.copyOf(events));
        if (moment != forgettings.get()) {
            streams.invalidate(stream); // whom it is about may have been forgotten since it was read
        }
    }

    /** Adds what was appended, where the beginning is here or this is the beginning. */
    void append(StreamId stream, List<? extends DomainEventMessage<?>> more, long moment) {
        List<DomainEventMessage<?>> before = recall(stream);
        List<DomainEventMessage<?>> all = before == null ? new ArrayList<>() : new ArrayList<>(before);
        if (more.getFirst().getSequenceNumber() != all.size()) {
            streams.invalidate(stream);
            return;
        }
        all.addAll(more);
        keep(stream, all, moment);
    }

    /** Has the stream read from the log the next time. */
    public void forget(StreamId stream) {
        streams.invalidate(stream);
    }

    /** Everything: what a destroyed key has opened may be among it. */
    public void forgetAll() {
        forgettings.incrementAndGet();
        streams.invalidateAll();
    }

    /** For its metrics. */
    public Cache<?, ?> cache() {
        return streams;
    }
}
