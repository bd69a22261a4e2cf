package io.byok.command.retention;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every so often whether something is due. Several nodes may: a year goes once. */
final class RetentionTimer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionTimer.class);

    private final Retentions retentions;
    private final Duration period;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("byok-retention").factory());

    RetentionTimer(Retentions retentions, Duration period) {
        this.retentions = retentions;
        this.period = period;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::look, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Must not throw: a timer that fails once never runs again. */
    private void look() {
        try {
            retentions.prune();
        } catch (RuntimeException away) {
            LOG.debug("retention goes on when the database is back: {}", away.toString());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
