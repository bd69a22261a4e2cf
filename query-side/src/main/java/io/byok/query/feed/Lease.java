package io.byok.query.feed;

import io.byok.platform.postgres.AdvisoryLocks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The right to do a piece of work, held by one node at a time: a session's advisory lock on a connection of its own. It
 * ends with the connection, so a killed node delays the next one by no more than PostgreSQL needs to see the socket
 * close. The feed stays correct without it, since positions are fenced; it only saves two nodes from doing the same work.
 */
public final class Lease implements AutoCloseable {

    /** Running a replay; one at a time, whatever the number of nodes. */
    public static final int REPLAY = -1;

    /** Signing the states of the audit logs. */
    public static final int CHECKPOINTS = -2;

    /** Asking the first witness; the next one has the next number below. */
    public static final int WITNESSES = -1_000;

    private static final int VALID_SECONDS = 2;

    private final Connection connection;
    private final int key;

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
        try {
            return connection.isValid(VALID_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            if (!connection.isClosed()) {
                ask("select pg_advisory_unlock(?, ?)");
            }
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
