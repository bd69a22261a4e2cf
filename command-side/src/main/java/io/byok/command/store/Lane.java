package io.byok.command.store;

import io.byok.platform.postgres.AdvisoryLocks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A sequence of positions with one lock of its own. There is one lane now; tenants are spread over several when one
 * appender is no longer enough.
 *
 * @param number from 0
 */
public record Lane(short number) {

    public static final Lane FIRST = new Lane((short) 0);

    /**
     * Waits until no other transaction appends to the lane; released by the database when this one ends, after its rows
     * are visible. Returns the lane's last position, 0 when it is empty.
     */
    long lock(Connection connection) throws SQLException {
        // Two statements in one round trip. The second has a snapshot of its own, taken once the lock is held;
        // in one statement it would not see what was committed while the lock was waited for.
        try (PreparedStatement lock = connection.prepareStatement(
                "select pg_advisory_xact_lock(?, ?);" + " select coalesce(max(position), 0) from log.event")) {
            lock.setInt(1, AdvisoryLocks.APPEND);
            lock.setInt(2, number);
            lock.execute();
            if (!lock.getMoreResults()) {
                throw new SQLException("no last position");
            }
            try (ResultSet last = lock.getResultSet()) {
                last.next();
                return last.getLong(1);
            }
        }
    }

    /** Takes the lane's relay lock for as long as the connection lives; false when another session holds it. */
    public boolean tryRelay(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
            lock.setInt(1, AdvisoryLocks.RELAY);
            lock.setInt(2, number);
            try (ResultSet got = lock.executeQuery()) {
                return got.next() && got.getBoolean(1);
            }
        }
    }
}
