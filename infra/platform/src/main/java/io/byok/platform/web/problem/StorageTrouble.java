package io.byok.platform.web.problem;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells a database that is away, starting, stopping or full from one that says no. */
public final class StorageTrouble {

    private static final int DEEPEST_CAUSE = 20;

    private StorageTrouble() {}

    public static boolean isAway(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (saysAway(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean saysAway(Throwable cause) {
        return switch (cause) {
            case SQLTransientConnectionException _, SQLNonTransientConnectionException _ -> true; // the pool's time-out
            case SQLException sql -> sql.getSQLState() != null && isAway(sql.getSQLState());
            case DataAccessResourceFailureException _, CannotCreateTransactionException _ -> true;
            default -> false;
        };
    }

    /** PostgreSQL 18, appendix A: connection exceptions, insufficient resources, shutdown and start, system errors. */
    private static boolean isAway(String state) {
        // A table that is gone, or another one: a replay has just exchanged a read model under this statement.
        boolean exchanged = state.equals("42P01") || state.equals("0A000");
        return exchanged
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P0")
                || state.startsWith("58");
    }
}
