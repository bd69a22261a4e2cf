package io.byok.query.feed;

import io.byok.platform.postgres.AdvisoryLocks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * The right to do a piece of work, held by one node at a time: a session's advisory lock on a connection of its own. It
 * ends with the connection, so a killed node delays the next one by no more than PostgreSQL needs to see the socket
 * close; and with the connection's silence for 8 s, so a node that stands still, whose sockets stay open, delays it by no
 * more than that. The feed stays correct without it, since positions are fenced; it only saves two nodes from doing the
 * same work.
 */
public final class Lease implements AutoCloseable {

    /** Running a replay; one at a time, whatever the number of nodes. */
    public static final int REPLAY = -1;

    /** Signing the states of the audit logs. */
    public static final int CHECKPOINTS = -2;

    /** Asking the first witness; the next one has the next number below. */
    public static final int WITNESSES = -1_000;

    private static final int VALID_SECONDS = 2;
    private static final long BEAT_SECONDS = 2;

    private final Connection connection;
    private final int key;
    private final ReentrantLock using = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Lease(Connection connection, int key) {
        this.connection = connection;
        this.key = key;
    }

    /**
     * Takes what a number stands for: a lane, from 0, or one of the constants.
     *
     * @return empty when another node holds it
     * @throws SQLException when the database is away
     */
    @SuppressWarnings("try") // the connection goes on living in the lease
    public static Optional<Lease> take(DataSource database, int work) throws SQLException {
        Connection connection = database.getConnection();
        try {
            Lease lease = new Lease(connection, work);
            if (lease.ask("select pg_try_advisory_lock(?, ?)")) {
                lease.execute("set idle_session_timeout = '8s'");
                Thread.ofVirtual().name("byok-lease").start(lease::beat);
                return Optional.of(lease);
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        connection.close();
        return Optional.empty();
    }

    /** Whether the connection, and so the lock, is still there. */
    public boolean held() {
        using.lock();
        try {
            return connection.isValid(VALID_SECONDS);
        } catch (SQLException e) {
            return false;
        } finally {
            using.unlock();
        }
    }

    /** Keeps it for as long as this process runs, however long the work takes. */
    private void beat() {
        try {
            while (!closed.await(BEAT_SECONDS, TimeUnit.SECONDS)) {
                using.lock();
                try {
                    if (closed.getCount() > 0 && !held()) {
                        return;
                    }
                } finally {
                    using.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws SQLException {
        using.lock();
        try (connection) {
            closed.countDown();
            if (!connection.isClosed()) {
                // Other work must not find the limit on a connection of the pool.
                execute("reset idle_session_timeout");
                ask("select pg_advisory_unlock(?, ?)");
            }
        } finally {
            using.unlock();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean ask(String question) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setInt(1, AdvisoryLocks.FEED);
            statement.setInt(2, key);
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }
}
