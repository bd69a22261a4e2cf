package io.byok.command.relay;

import io.byok.command.store.EventLog;
import io.byok.command.store.Lane;
import io.byok.platform.event.StoredEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The right to relay a lane, held as a lock by one database session. Everything is read and written over that session:
 * when it breaks, the right is gone and so is the way to misuse it.
 */
final class HeldLane implements AutoCloseable {

    private final Connection connection;
    private final Lane lane;

    private HeldLane(Connection connection, Lane lane) {
        this.connection = connection;
        this.lane = lane;
    }

    /** Empty when another session holds the lane. */
    static Optional<HeldLane> tryTake(DataSource database, Lane lane) throws SQLException {
        Connection connection = database.getConnection();
        try {
            if (lane.tryRelay(connection)) {
                try (Statement statement = connection.createStatement()) {
                    // A position that is lost in a crash is moved again: some records are then sent twice, which is
                    // allowed. So the relay need not compete with the appender for the disk.
                    statement.execute("set synchronous_commit = off");
                }
                HeldLane held = new HeldLane(connection, lane);
                connection = null;
                return Optional.of(held);
            }
            return Optional.empty();
        } finally {
            if (connection != null) {
                connection.close();
            }
        }
    }

    /** The last position that the brokers have acknowledged. */
    long position() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select position from log.relay where lane = ?")) {
            query.setShort(1, lane.number());
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("the lane has no relay position");
                }
                return row.getLong(1);
            }
        }
    }

    /** The events that follow a position, in order. */
    List<StoredEvent> after(long position, int limit) throws SQLException {
        return EventLog.after(connection, position, limit);
    }

    void moveTo(long position) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update log.relay set position = ? where lane = ? and position < ?")) {
            update.setLong(1, position);
            update.setShort(2, lane.number());
            update.setLong(3, position);
            update.executeUpdate();
        }
    }

    /** Whether the session, and with it the lock, is still there. */
    boolean holds() {
        try {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
