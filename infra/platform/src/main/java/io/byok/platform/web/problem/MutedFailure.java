package io.byok.platform.web.problem;

import java.io.Serial;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A failure as it may be written to a log: types and frames, no messages. Messages quote what they choke on (a failing
 * row, a number that is none), and that can be a credential.
 */
public final class MutedFailure extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int DEEPEST_CAUSE = 20;

    private MutedFailure(Throwable original, int depth) {
        super(name(original), cause(original, depth), false, true);
        setStackTrace(original.getStackTrace());
    }

    public static MutedFailure of(Throwable original) {
        return new MutedFailure(original, 0);
    }

    private static @Nullable MutedFailure cause(Throwable original, int depth) {
        Throwable cause = original.getCause();
        return cause == null || depth == DEEPEST_CAUSE ? null : new MutedFailure(cause, depth + 1);
    }

    /** The type, and the state for a database's failure. */
    static String name(Throwable original) {
        String type = original.getClass().getName();
        return original instanceof SQLException sql ? type + " [" + sql.getSQLState() + "]" : type;
    }
}
