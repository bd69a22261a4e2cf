package io.byok.command.trail;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every so often whether something is to be written. */
final class TrailTimer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrailTimer.class);
    private static final int SWEEP_SECONDS = 5;
    private static final int PATIENCE_SECONDS = 3;

    private final RefusedCommands refused;
    private final Readings readings;
    private final ReplayNotes replays;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("byok-trail").factory());

    TrailTimer(RefusedCommands refused, Readings readings, ReplayNotes replays) {
        this.refused = refused;
        this.readings = readings;
        this.replays = replays;
    }

    void start() {
        timer.scheduleWithFixedDelay(() -> quietly(refused::sweep), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        timer.scheduleWithFixedDelay(() -> quietly(readings::sweep), 1, 1, TimeUnit.SECONDS);
        timer.scheduleWithFixedDelay(() -> quietly(replays::sweep), 1, 1, TimeUnit.SECONDS);
    }

    /** A timer that fails once never runs again. */
    private static void quietly(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException away) {
            LOG.debug(
                    "the trail goes on when the database is back: {}",
                    away.getClass().getSimpleName());
        }
    }

    /** What is counted in this process only is written now; what is counted in the database can wait for the next start. */
    void end() {
        close();
        quietly(refused::end);
    }

    /** Returns when it is doing nothing any more, or stands still. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
