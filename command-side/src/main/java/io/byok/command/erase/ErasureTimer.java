package io.byok.command.erase;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the sagas look every so often, and at once when something was asked for on this node. */
final class ErasureTimer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ErasureTimer.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final ErasureSaga saga;
    private final TenantErasureSaga tenants;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("byok-erasure").factory());

    ErasureTimer(ErasureSaga saga, TenantErasureSaga tenants) {
        this.saga = saga;
        this.tenants = tenants;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void wake() {
        try {
            timer.execute(this::look);
        } catch (RejectedExecutionException ending) {
            LOG.debug("the erasure goes on after the restart, or on another node");
        }
    }

    /** Must not throw: a timer that fails once never runs again. */
    private void look() {
        try {
            saga.advance();
            tenants.advance();
        } catch (RuntimeException away) {
            LOG.debug("erasures go on when the database is back: {}", away.toString());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
