package io.byok.platform.seal;

import java.io.Serial;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a wrap is to be stored under a key version that rotation has retired, or a sealed text under a data key
 * that was replaced: nothing was stored, and the same with the present version succeeds. Without this refusal a node that
 * had read the old version a moment ago could store what nobody opens any more.
 */
public final class RetiredParent extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What the triggers of the schemas {@code keyring} and {@code vault} raise. */
    public static final String STATE = "BY001";

    public RetiredParent() {
        super("sealed under a key version that was retired meanwhile", null, false, false);
    }

    /** Whether the database refused for this reason, also inside of a batch. */
    public static boolean is(@Nullable Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                for (SQLException one = sql; one != null; one = one.getNextException()) {
                    if (STATE.equals(one.getSQLState())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
