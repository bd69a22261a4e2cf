package io.byok.query.feed;

import java.sql.SQLException;

/** A failure as it may stand in a log: its sort, never its message, since messages of databases quote values. */
final class Trouble {

    private Trouble() {}

    static String oneLine(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String state = root instanceof SQLException sql ? " " + sql.getSQLState() : "";
        String own = failure.getClass().getEnclosingClass() == LaneFeed.class ? ": " + failure.getMessage() : "";
        return root.getClass().getSimpleName() + state + own;
    }

    /** The frames without the messages. */
    static Throwable muted(Throwable failure) {
        Throwable muted = new Throwable(oneLine(failure), null, false, true) {
            private static final long serialVersionUID = 1L;
        };
        muted.setStackTrace(failure.getStackTrace());
        return muted;
    }
}
