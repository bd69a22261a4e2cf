package io.byok.query.feed;

import java.io.Serial;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a projector refuses an event, so that trying again cannot help. Says which sort of refusal it was and
 * nothing of the event: messages of databases quote values.
 */
final class Unappliable extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    Unappliable(RuntimeException cause) {
        super(kind(cause), cause);
    }

    /** Whether the event is to blame, rather than the database being away or in conflict. */
    static boolean isFaultOfTheEvent(RuntimeException failure) {
        SQLException sql = sqlCause(failure);
        if (sql == null) {
            return true;
        }
        String state = sql.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23")); // bad data, broken constraint
    }

    private static String kind(RuntimeException failure) {
        SQLException sql = sqlCause(failure);
        return sql == null
                ? "the projector threw " + failure.getClass().getSimpleName()
                : "the database refused it with state " + sql.getSQLState();
    }

    private static @Nullable SQLException sqlCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
