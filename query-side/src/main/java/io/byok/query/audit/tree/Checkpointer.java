package io.byok.query.audit.tree;

import io.byok.query.feed.Lease;
import io.byok.query.jooq.tables.records.AuditCheckpointRecord;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Signs the states of all logs every 10 s, after 1,000 leaves, and at the end. A state is on disk before anybody sees it:
 * first in the database, then in this node's file, then in Kafka. One node signs at a time.
 */
public final class Checkpointer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Checkpointer.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration SIGN_EVERY = Duration.ofSeconds(9); // a look later it is ten
    private static final long MANY_LEAVES = 1_000;
    private static final int MOST = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final DataSource database;
    private final Signing signing;
    private final Checkpoints checkpoints;
    private final Origins origins;
    private final LastSigned lastSigned;
    private final CheckpointTopic topic;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Set<UUID> refused = new HashSet<>();
    private volatile int refusedNow;
    private volatile @Nullable Thread thread;

    Checkpointer(
            DataSource database,
            Signing signing,
            Checkpoints checkpoints,
            Origins origins,
            LastSigned lastSigned,
            CheckpointTopic topic,
            MeterRegistry registry) {
        this.database = database;
        this.signing = signing;
        this.checkpoints = checkpoints;
        this.origins = origins;
        this.lastSigned = lastSigned;
        this.topic = topic;
        Gauge.builder("byok.audit.logs.refused", () -> refusedNow)
                .description("Audit logs that are not signed because they do not continue what was signed before")
                .register(registry);
    }

    @Override
    public void start() {
        thread = Thread.ofPlatform().name("byok-checkpoints").daemon().start(this::run);
    }

    private void run() {
        // By the clock, not by counting: a round takes long while Kafka is away.
        long signed = System.nanoTime();
        while (!stops()) {
            boolean due = System.nanoTime() - signed >= SIGN_EVERY.toNanos();
            round(due ? 1 : MANY_LEAVES);
            if (due) {
                signed = System.nanoTime();
            }
        }
        round(1);
        topic.close();
    }

    private boolean stops() {
        try {
            return stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Must not throw: there is another round. */
    private void round(long leaves) {
        try (Lease lease = Lease.take(database, Lease.CHECKPOINTS).orElse(null)) {
            if (lease != null) {
                signing.behind(leaves).forEach(this::sign);
                publish();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | SQLException | IOException e) {
            // Messages of databases quote values.
            log.warn("checkpoints wait for the next round: {}", e.getClass().getSimpleName());
        }
    }

    private void sign(UUID tenant) {
        try {
            Optional<AuditCheckpointRecord> signed = signing.sign(tenant);
            if (refused.remove(tenant)) {
                log.info("the audit log {} continues again", origins.of(tenant));
            }
            signed.ifPresent(row -> log.debug("signed {} at {}", origins.of(tenant), row.getSize()));
        } catch (Inconsistent inconsistent) {
            if (refused.add(tenant)) {
                log.error("{}", inconsistent.getMessage());
            }
        }
        refusedNow = refused.size();
    }

    private void publish() throws IOException, InterruptedException {
        List<AuditCheckpointRecord> rows = checkpoints.unpublished(MOST);
        Optional<AuditCheckpointRecord> platform = checkpoints.newest(AuditTrees.PLATFORM);
        if (platform.isPresent() && !lastSigned.read().equals(platform.map(AuditCheckpointRecord::getNote))) {
            lastSigned.write(platform.get().getNote());
        }
        try {
            for (AuditCheckpointRecord row : rows) {
                topic.publish(origins.of(row.getTenant()), row);
                checkpoints.published(row);
            }
        } catch (KafkaException away) {
            log.warn("{} checkpoints wait for Kafka", rows.size());
        }
    }

    @Override
    public void stop() {
        Thread running = thread;
        stopping.countDown();
        if (running != null) {
            try {
                boolean _ = running.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Stops after the feed, so that the last state covers what the feed did last. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }
}
