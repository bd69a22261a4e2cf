package io.byok.query.feed;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds one lane into all read models, each on a thread of its own, from where they stand. Whatever goes wrong outside (PostgreSQL or
 * Kafka away, keys unavailable, another node at work), it backs off, reads its position again and goes on by itself.
 */
final class LaneFeed implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(LaneFeed.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long STANDBY_MILLIS = 250;
    private static final long LONGEST_BACKOFF_MILLIS = 5_000;
    private static final long CHECK_LEASE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final DSLContext view;
    private final DataSource database;
    private final List<Projector> projectors;
    private final EventOpener opener;
    private final Consumers consumers;
    private final GapFiller filler;
    private final Applied applied;
    private final FeedMetrics metrics;
    private final int lane;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Consumer<byte[], byte[]> polling;
    private long backoff = STANDBY_MILLIS;

    LaneFeed(
            DSLContext view,
            DataSource database,
            List<Projector> projectors,
            EventOpener opener,
            Consumers consumers,
            GapFiller filler,
            Applied applied,
            FeedMetrics metrics,
            int lane) {
        this.view = view;
        this.database = database;
        this.projectors = projectors;
        this.opener = opener;
        this.consumers = consumers;
        this.filler = filler;
        this.applied = applied;
        this.metrics = metrics;
        this.lane = lane;
    }

    @Override
    public void run() {
        while (running()) {
            try {
                Optional<Lease> taken = Lease.take(database, lane);
                if (taken.isEmpty()) {
                    pause(STANDBY_MILLIS);
                    continue;
                }
                try (Lease lease = taken.get()) {
                    feed(lease);
                }
            } catch (WakeupException stop) {
                // only stop() wakes the consumer
            } catch (MovedElsewhere moved) {
                log.info("lane {}: {}", lane, moved.getMessage());
                pause(STANDBY_MILLIS);
            } catch (RuntimeException | SQLException e) {
                log.warn("lane {} rests for {} ms: {}", lane, backoff, Trouble.oneLine(e));
                log.debug("lane {} rests", lane, Trouble.muted(e));
                pause(backoff);
                backoff = Math.min(backoff * 2, LONGEST_BACKOFF_MILLIS);
            }
        }
    }

    /** Ends the loop; what is being applied is finished first. */
    void stop() {
        stopped.countDown();
        Consumer<byte[], byte[]> consumer = polling;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private void feed(Lease lease) {
        List<Projection> projections = projections();
        long last =
                projections.stream().mapToLong(p -> p.place().position()).min().orElse(0);
        long offset =
                projections.stream().mapToLong(p -> p.place().offset()).min().orElse(0);
        RecordReader reader = new RecordReader(opener, last);
        applied.reached(last);
        TopicPartition partition = consumers.partition();
        try (Consumer<byte[], byte[]> consumer = consumers.openAt(offset)) {
            polling = consumer;
            long checked = System.nanoTime();
            while (running()) {
                if (System.nanoTime() - checked > CHECK_LEASE_NANOS) {
                    if (!lease.held()) {
                        return;
                    }
                    checked = System.nanoTime();
                }
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    take(records.records(partition), reader, projections);
                }
                metrics.lag(consumer.currentLag(partition).orElse(0));
            }
        } finally {
            polling = null;
        }
    }

    /** Applies all that is new of these in the order of the log; what Kafka leaves out comes from the event store. */
    private void take(List<ConsumerRecord<byte[], byte[]>> records, RecordReader reader, List<Projection> projections) {
        List<ConsumerRecord<byte[], byte[]>> left = records;
        while (!left.isEmpty()) {
            RecordReader.Reading reading = reader.read(left);
            apply(reading.items(), projections);
            RecordReader.Gap gap = reading.gap();
            if (gap == null) {
                break;
            }
            metrics.gap();
            List<ConsumerRecord<byte[], byte[]>> behind = left.subList(reading.count() + 1, left.size());
            OptionalLong filled =
                    filler.fill(gap, () -> RecordReader.ahead(behind), batch -> apply(batch, projections));
            if (filled.isPresent()) {
                reader.reached(filled.getAsLong());
            } else {
                apply(List.of(reader.foreign(left.get(reading.count()), GapFiller.NO_SUCH_POSITION)), projections);
            }
            left = behind;
        }
        backoff = STANDBY_MILLIS;
    }

    private void apply(List<Received> items, List<Projection> projections) {
        if (items.isEmpty()) {
            return;
        }
        AtOnce.each(projections, projection -> {
            projection.apply(items);
            metrics.position(projection.projector().name(), projection.place().position());
        });
        applied.reached(
                projections.stream().mapToLong(p -> p.place().position()).min().orElse(0));
        metrics.parked(Parking.count(view));
    }

    private List<Projection> projections() {
        Map<String, Place> places = Places.read(view, lane);
        return projectors.stream()
                .map(projector -> new Projection(view, projector, lane, Places.of(places, projector)))
                .toList();
    }

    private boolean running() {
        return stopped.getCount() > 0;
    }

    private void pause(long millis) {
        try {
            boolean _ = stopped.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopped.countDown();
        }
    }
}
