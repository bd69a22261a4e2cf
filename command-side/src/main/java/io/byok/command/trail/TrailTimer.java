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

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
