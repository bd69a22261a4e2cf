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
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * A database session for the relay of a lane. It stands by until it holds the lane's lock, which is the right to relay;
 * everything is read and written over it: when it breaks, the right is gone and so is the way to misuse it. It breaks by
 * itself when nothing was asked over it for 8 s: the node stands still then, though its sockets are open. A session that
 * stands by tells the one that works what was committed here (PostgreSQL's NOTIFY).
 */
final class LaneSession implements AutoCloseable {

    private final Connection connection;
    private final Lane lane;

    private LaneSession(Connection connection, Lane lane) {
        this.connection = connection;
        this.lane = lane;
    }

    static LaneSession open(DataSource database, Lane lane) throws SQLException {
        LaneSession session = new LaneSession(database.getConnection(), lane);
        try {
            // A position that is lost in a crash is moved again: some records are then sent twice, which is allowed. So
            // the relay need not compete with the appender for the disk.
            session.execute("set synchronous_commit = off");
            session.execute("set idle_session_timeout = '8s'");
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    /** False when another session holds the lane. */
    boolean tryTake() throws SQLException {
        if (!lane.tryRelay(connection)) {
            return false;
        }
        execute("listen " + channel());
        return true;
    }

    /** Tells the session that holds the lane, on whichever node, that there is something new. */
    void tell() throws SQLException {
        execute("notify " + channel());
    }

    /** Whether somebody told since the last call; asks the socket, not the database. */
    boolean wasTold() throws SQLException {
        PGNotification[] told = connection.unwrap(PGConnection.class).getNotifications();
        return told != null && told.length > 0;
    }

    private String channel() {
        return "byok_lane_" + lane.number();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
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
