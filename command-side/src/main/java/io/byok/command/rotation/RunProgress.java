package io.byok.command.rotation;

import io.byok.kernel.TenantId;
import io.byok.platform.seal.KeyChain;
import io.byok.platform.seal.RotationWatch;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes how far one run is, rests after each page, and ends it when the node stops. */
final class RunProgress implements RotationWatch {

    /** Ends a run whose node stops; another takes it up. */
    static final class Stopped extends RuntimeException {

        @java.io.Serial
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("the node stops", null, false, false);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(RunProgress.class);
    private static final long BETWEEN_NOTES = Duration.ofMillis(200).toNanos();

    private record Name(UUID key, int version) {}

    private final Run run;
    private final RunTable runs;
    private final RotationLog log;
    private final RotationMetrics metrics;
    private final Duration pause;
    private final BooleanSupplier stopping;
    private final Set<Name> broken = new HashSet<>();
    private final long total;
    private long done;
    private long noted = System.nanoTime();

    /** @param remaining what is left at this beginning, which may be a second one */
    RunProgress(
            Run run,
            long remaining,
            RunTable runs,
            RotationLog log,
            RotationMetrics metrics,
            Duration pause,
            BooleanSupplier stopping) {
        this.run = run;
        this.runs = runs;
        this.log = log;
        this.metrics = metrics;
        this.pause = pause;
        this.stopping = stopping;
        this.total = Math.max(run.total(), remaining);
        this.done = total - remaining;
        note();
    }

    long done() {
        return done;
    }

    /** How many wraps do not open. */
    int broken() {
        return broken.size();
    }

    /** Says what it waits for, until the next page is done. */
    void waits(String what) {
        runs.progress(run.id(), total, done, Math.max(0, total - done), "waits: " + what);
    }

    @Override
    public void reached(Step step) {
        if (stopping.getAsBoolean()) {
            throw new Stopped();
        }
        if (step == Step.STORED) {
            if (System.nanoTime() - noted >= BETWEEN_NOTES) {
                note();
            }
            rest();
        }
    }

    @Override
    public void moved(int count) {
        done += count;
        metrics.renewed(run.level(), count);
    }

    @Override
    public void broken(UUID key, int version) {
        if (broken.add(new Name(key, version))) {
            LOG.warn("rotation {}: what is stored as key {} version {} does not open", run.id(), key, version);
        }
    }

    @Override
    public void destroyed(KeyChain chain, @Nullable TenantId tenant, UUID key, int version) {
        log.destroyed(run, chain, tenant, key, version);
        LOG.info(
                "rotation {}: destroyed version {} of {} key {}",
                run.id(),
                version,
                run.level().word(),
                key);
    }

    private void note() {
        noted = System.nanoTime();
        runs.progress(run.id(), total, done, Math.max(0, total - done), null);
        metrics.remaining(run.level(), Math.max(0, total - done));
    }

    private void rest() {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }
}
