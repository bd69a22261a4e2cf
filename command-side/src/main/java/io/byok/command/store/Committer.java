package io.byok.command.store;

import io.byok.kernel.Rejection;
import io.byok.kernel.erase.TenantErased;
import io.byok.kernel.erase.UserErased;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits batches over one connection of its own, and answers every submission it is given, truthfully where that is
 * possible. Used by one thread.
 *
 * <ul>
 *   <li>An error that some entry caused: the batch is halved until the entry stands alone; the others are written.
 *   <li>The connection breaks before the commit: nothing was written. Tried once more on a new connection, so that a
 *       restarted database or a killed session costs nobody anything; then {@link LogUnavailable}.
 *   <li>The connection breaks during the commit: the lane's lock is taken on a new connection, which waits until the
 *       old transaction has ended either way; then the log itself says whether it holds the batch.
 * </ul>
 */
final class Committer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    /** What the log itself says to an event about an end user whose erasure was asked for. */
    private static final String ERASED = "BY410";

    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private final DataSource database;
    private final Lane lane;
    private final Sequences sequences;
    private final Duration patience;
    private final LongConsumer committed;
    private final Recorder recorder;
    private @Nullable Connection connection;

    /**
     * @param patience how long to look for the outcome of a commit during which the connection broke
     * @param committed told the last position after each commit
     * @param recorder the second place in which everything is written down
     */
    Committer(
            DataSource database,
            Lane lane,
            Sequences sequences,
            Duration patience,
            LongConsumer committed,
            Recorder recorder) {
        this.database = database;
        this.lane = lane;
        this.sequences = sequences;
        this.patience = patience;
        this.committed = committed;
        this.recorder = recorder;
    }

    /** Settles every submission. */
    void commit(List<Submission> submissions) {
        if (!recorder.mayCommit()) {
            fail(submissions, LogUnavailable.unrecorded());
            return;
        }
        List<Submission> rest = submissions;
        while (!rest.isEmpty()) {
            rest = settle(rest);
        }
    }

    /** Returns those that have to be tried again after the others. */
    private List<Submission> settle(List<Submission> submissions) {
        for (boolean again = true; ; again = false) {
            Batch batch = new Batch(lane, sequences, submissions);
            boolean committing = false;
            Recorder.Receipt receipt = Recorder.Receipt.NONE;
            try {
                Connection open = open();
                batch.write(open);
                receipt = batch.record(recorder);
                committing = batch.dirty();
                batch.commit(open);
                return answer(batch, receipt);
            } catch (SQLException | RuntimeException e) {
                if (Trouble.of(e, connection) == Trouble.AWAY) {
                    drop(e);
                    Presence presence = committing ? look(batch.witness()) : Presence.ABSENT;
                    if (presence == Presence.PRESENT) {
                        return answer(batch, receipt);
                    }
                    if (presence == Presence.UNKNOWN) {
                        return fail(submissions, LogUnavailable.unknown());
                    }
                    receipt.abandoned();
                    if (!again) {
                        return fail(submissions, LogUnavailable.away());
                    }
                } else {
                    rollback();
                    receipt.abandoned();
                    return isolate(submissions, e);
                }
            }
        }
    }

    private List<Submission> answer(Batch batch, Recorder.Receipt receipt) {
        receipt.committed();
        List<Submission> settled = batch.settled();
        if (batch.dirty()) {
            // First the signal: the relay starts while the callers are still being woken.
            committed.accept(batch.lastPosition());
        }
        boolean everywhere = receipt.settled();
        for (Submission submission : settled) {
            if (everywhere || submission.refused()) {
                submission.answer();
            } else {
                submission.fail(LogUnavailable.half());
            }
        }
        return batch.deferred();
    }

    private List<Submission> isolate(List<Submission> submissions, Exception cause) {
        if (submissions.size() == 1) {
            submissions.getFirst().fail(unwritable(cause));
            return List.of();
        }
        int half = submissions.size() / 2;
        commit(submissions.subList(0, half));
        commit(submissions.subList(half, submissions.size()));
        return List.of();
    }

    /** Never the server's own words: they may quote the row. */
    private static RuntimeException unwritable(Exception cause) {
        String state = Trouble.state(cause);
        if (state.equals(ERASED)) {
            return Rejection.of(UserErased.USER_ERASED);
        }
        if (state.equals(TenantErased.STATE)) {
            return Rejection.of(TenantErased.TENANT_ERASED);
        }
        if (state.isEmpty() && cause instanceof RuntimeException ours) {
            return ours;
        }
        return new IllegalStateException("the entry cannot be written: SQLSTATE " + state);
    }

    private static List<Submission> fail(List<Submission> submissions, LogUnavailable why) {
        submissions.forEach(s -> s.fail(why));
        return List.of();
    }

    private enum Presence {
        PRESENT,
        ABSENT,
        UNKNOWN
    }

    private Presence look(@Nullable Witness witness) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (witness != null && System.nanoTime() < deadline) {
            try {
                Connection open = open();
                Append.begin(open, lane, List.of(), new HashMap<>(), List.of());
                boolean there = stands(open, witness);
                open.rollback();
                return there ? Presence.PRESENT : Presence.ABSENT;
            } catch (SQLException e) {
                drop(e);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return Presence.UNKNOWN;
    }

    private static boolean stands(Connection open, Witness witness) throws SQLException {
        try (PreparedStatement query =
                open.prepareStatement("select 1 from log.event where position = ? and event_id = ?")) {
            query.setLong(1, witness.position());
            query.setObject(2, witness.eventId());
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private Connection open() throws SQLException {
        if (connection == null) {
            Connection fresh = database.getConnection();
            try {
                fresh.setAutoCommit(false);
                fresh.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            } catch (SQLException e) {
                fresh.close();
                throw e;
            }
            connection = fresh;
        }
        return connection;
    }

    private void rollback() {
        try {
            if (connection != null) {
                connection.rollback();
            }
        } catch (SQLException e) {
            drop(e);
        }
    }

    private void drop(Exception why) {
        LOG.warn("the log's connection broke: SQLSTATE {}", Trouble.state(why));
        close();
    }

    @Override
    public void close() {
        try (Connection closing = connection) {
            connection = null;
        } catch (SQLException e) {
            LOG.debug("closing a broken connection failed");
        }
    }
}
