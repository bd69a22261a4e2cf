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
