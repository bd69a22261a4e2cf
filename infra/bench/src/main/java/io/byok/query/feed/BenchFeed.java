package io.byok.query.feed;

import io.byok.platform.event.EventSealing;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.kafka.EventTopic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** The feed as the server runs it. It ends, and nothing is reached any more, where Kafka leaves a position out. */
public final class BenchFeed implements AutoCloseable {

    private static final int LANE = 0;

    private final Feed feed;
    private final Applied applied;
    private final DSLContext view;

    /** Starts it. @param kafka its bootstrap servers */
    public BenchFeed(DataSource database, EventSealing sealing, List<Projector> projectors, String kafka) {
        view = DSL.using(database, SQLDialect.POSTGRES);
        applied = new Applied(() -> Places.reachedByAll(view, LANE));
        EventOpener opener = new EventOpener(sealing);
        feed = new Feed(() -> List.of(new LaneFeed(
                view,
                database,
                projectors,
                opener,
                new Consumers(kafka, new TopicPartition(EventTopic.NAME, EventTopic.partition(LANE))),
                new GapFiller(new OnlyKafka(), opener),
                applied,
                new FeedMetrics(new SimpleMeterRegistry()),
                LANE)));
        feed.start();
    }

    /**
     * Returns when all read models have come to this position.
     *
     * @throws IllegalStateException when they have not in time, or have left something out
     */
    public void await(long position, Duration atMost) throws InterruptedException {
        if (!applied.await(position, atMost)) {
            throw new IllegalStateException("the read models have not come to position " + position);
        }
        if (Parking.count(view) > 0) {
            throw new IllegalStateException("the read models have left something out");
        }
    }

    @Override
    public void close() {
        feed.stop();
    }

    /** In the place of the event store: what comes from there has not come through Kafka. */
    private static final class OnlyKafka implements EventSource {
        @Override
        public long end() {
            throw new IllegalStateException("the event store is not asked");
        }

        @Override
        public void read(long after, long upTo, Consumer<List<StoredEvent>> batches) {
            throw new IllegalStateException("Kafka has left out position " + (after + 1));
        }
    }
}
