package io.byok.query.feed;

import io.byok.kernel.Rejection;
import io.byok.kernel.erase.TenantErased;
import io.byok.platform.seal.KeysUnavailable;
import io.byok.platform.seal.Sealer;
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

    /**
     * Whether the event is to blame, rather than the database being away or in conflict, or keys being away. A key that
     * was destroyed between opening and applying is no fault either: opened again, the event says so itself.
     */
    static boolean isFaultOfTheEvent(RuntimeException failure) {
        if (cause(failure, KeysUnavailable.class) != null
                || cause(failure, Sealer.KeyDestroyed.class) != null
                || (failure instanceof Rejection rejection && rejection.refusal() == TenantErased.TENANT_ERASED)) {
            return false;
        }
        SQLException sql = cause(failure, SQLException.class);
        if (sql == null) {
            return true;
        }
        String state = sql.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23")); // bad data, broken constraint
    }

    private static String kind(RuntimeException failure) {
        SQLException sql = cause(failure, SQLException.class);
        return sql == null
                ? "the projector threw " + failure.getClass().getSimpleName()
                : "the database refused it with state " + sql.getSQLState();
    }

    private static <T> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
