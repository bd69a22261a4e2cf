package io.byok.command.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What an error of the database means for whoever waits. */
enum Trouble {
    /** The database or the way to it is at fault; no entry is. Tried later, the same may succeed. */
    AWAY,
    /** Some entry of the batch cannot be written. */
    BAD_ENTRY;

    static Trouble of(Exception error, @Nullable Connection connection) {
        SQLException sql = sql(error);
        if (sql == null) {
            return BAD_ENTRY;
        }
        String state = state(sql);
        boolean away = state.isEmpty()
                || state.startsWith("08") // connection
                || state.startsWith("53") // disk full, out of memory, too many connections
                || state.startsWith("58") // system error
                || state.startsWith("57P") // shut down, crashed, starting
                || state.equals("57014") // a time limit of the session
                || state.equals("55P03") // the lock was not to be had in time
                || state.equals("25006") // a standby: fail-over is under way
                || state.equals("25P03"); // idle in transaction for too long
        return away || connection == null || closed(connection) ? AWAY : BAD_ENTRY;
    }

    /** The database's own code for what happened, or nothing. */
    static String state(Exception error) {
        SQLException sql = sql(error);
        return sql == null || sql.getSQLState() == null ? "" : sql.getSQLState();
    }

    /** What the database said, also when a library has wrapped it. */
    private static @Nullable SQLException sql(@Nullable Throwable error) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static boolean closed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }
}
