package io.byok.query.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.query.Ledger;
import io.byok.query.QueryTestParts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;

/** The feed of a ledger, running in this process. */
public final class RunningFeed implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Feed feed;
    private final Applied applied;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    public RunningFeed(Ledger ledger) {
        this(ledger, QueryTestParts.projectors());
    }

    public RunningFeed(Ledger ledger, List<Projector> projectors) {
        applied = new Applied(() -> Places.reachedByAll(ledger.jooq(), 0));
        EventOpener opener = new EventOpener(ledger.sealing());
        feed = new Feed(() -> List.of(new LaneFeed(
                ledger.jooq(),
                ledger.database(),
                projectors,
                opener,
                new Consumers(ledger.bootstrapServers(), ledger.partition()),
                new GapFiller(QueryTestParts.store(ledger), opener),
                applied,
                new FeedMetrics(registry),
                0)));
        feed.start();
    }

    public Applied applied() {
        return applied;
    }

    public SimpleMeterRegistry registry() {
        return registry;
    }

    /** Waits until the read models have come to this position. */
    public void reaches(long position) throws InterruptedException {
        assertThat(applied.await(position, PATIENCE)).as("reached %d", position).isTrue();
    }

    @Override
    public void close() {
        feed.stop();
    }
}
