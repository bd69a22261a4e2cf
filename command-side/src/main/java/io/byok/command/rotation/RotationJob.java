package io.byok.command.rotation;

import io.byok.platform.postgres.AdvisoryLocks;
import io.byok.platform.seal.KeyLevel;
import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.KeysUnavailable;
import io.byok.platform.seal.Rotation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs rotations that were asked for, one at a time per level in the whole cluster. Whichever node holds the level's lock
 * works; when it dies, its session ends, the lock is free, and the next node goes on where the keys are.
 */
final class RotationJob implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RotationJob.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int ROUNDS = 100;

    private final DataSource database;
    private final RunTable runs;
    private final Levels levels;
    private final RotationLog log;
    private final RotationMetrics metrics;
    private final Duration pause;
    private final Semaphore signal = new Semaphore(0);
    private volatile @Nullable Thread thread;
    private volatile boolean stopping;

    /** @param pause the rest after each page, for machines that have better things to do */
    RotationJob(
            DataSource database,
            RunTable runs,
            Levels levels,
            RotationLog log,
            RotationMetrics metrics,
            Duration pause) {
        this.database = database;
        this.runs = runs;
        this.levels = levels;
        this.log = log;
        this.metrics = metrics;
        this.pause = pause;
    }

    /** Says that there is something to do. */
    void wake() {
        signal.release();
    }

    private void loop() {
        while (!stopping) {
            for (KeyLevel level : KeyLevel.values()) {
                try {
                    take(level);
                } catch (RunProgress.Stopped stopped) {
                    return;
                } catch (SQLException | RuntimeException away) {
                    // Tried again at the next look: nothing is lost by an end in the middle.
                    LOG.warn("rotation of {} keys waits: {}", level.word(), reason(away));
                }
            }
            metrics.lookAtAges();
            try {
                boolean woken = signal.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
                signal.drainPermits();
                LOG.trace("woken {}", woken);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void take(KeyLevel level) throws SQLException {
        if (runs.running(level).isEmpty()) {
            return;
        }
        // The lock is its session's: it is free at once when this node dies. Should the session be lost while the node
        // lives, two runs may meet; each replaces wraps by compare and set, so that costs work and nothing else.
        try (Connection session = database.getConnection()) {
            if (!lock(session, "select pg_try_advisory_lock(?, ?)", level)) {
                return;
            }
            try {
                Optional<Run> run = runs.running(level); // again: the node before may have ended it
                if (run.isPresent()) {
                    run(run.get());
                }
            } finally {
                lock(session, "select pg_advisory_unlock(?, ?)", level);
            }
        }
    }

    private static boolean lock(Connection session, String sql, KeyLevel level) throws SQLException {
        try (PreparedStatement lock = session.prepareStatement(sql)) {
            lock.setInt(1, AdvisoryLocks.ROTATION);
            lock.setInt(2, level.ordinal());
            try (ResultSet row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private void run(Run run) {
        Rotation rotation = levels.of(run.level());
        log.started(run);
        RunProgress progress =
                new RunProgress(run, rotation.remaining(run.scope()), runs, log, metrics, pause, () -> stopping);
        try {
            long left = rotation.run(run.scope(), progress);
            // What others held was left alone, and is met by another round; what does not open never will.
            for (int round = 1; left > progress.broken() && round < ROUNDS; round++) {
                TimeUnit.MILLISECONDS.sleep(POLL.toMillis() / 10);
                left = rotation.run(run.scope(), progress);
            }
            end(run, progress.done(), left, left == 0 ? null : why(left, progress.broken()));
        } catch (KeyRefused impossible) {
            end(run, progress.done(), rotation.remaining(run.scope()), impossible.getMessage());
        } catch (KeysUnavailable away) {
            progress.waits(String.valueOf(away.getMessage()));
            throw away;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RunProgress.Stopped();
        }
    }

    private static String why(long left, int broken) {
        return broken == 0
                ? left + " are held by others for too long; the old version lives on"
                : broken + " of " + left + " do not open and may have been tampered with; their old version lives on";
    }

    // First on record, then ended: what is in between is done again, and recorded once.
    private void end(Run run, long done, long left, @Nullable String failure) {
        Run.State outcome = failure == null ? Run.State.FINISHED : Run.State.FAILED;
        log.ended(run, outcome, done, left, failure);
        runs.close(run.id(), outcome, done, left, failure);
        metrics.remaining(run.level(), left);
        metrics.agesChanged();
        LOG.info(
                "rotation {} of {} keys {}: {} renewed, {} left",
                run.id(),
                run.level().word(),
                outcome.word(),
                done,
                left);
    }

    private static String reason(Exception failure) {
        return failure instanceof SQLException sql ? "SQLSTATE " + sql.getSQLState() : String.valueOf(failure);
    }

    @Override
    public void start() {
        stopping = false;
        thread = Thread.ofPlatform().name("byok-rotation").daemon().start(this::loop);
    }

    @Override
    public void stop() {
        stopping = true;
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
