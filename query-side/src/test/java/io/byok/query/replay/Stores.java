package io.byok.query.replay;

import io.byok.query.feed.EventSource;
import javax.sql.DataSource;

/** The event store of a test, for other packages. */
public final class Stores {

    private Stores() {}

    public static EventSource of(DataSource database) {
        return new EventLog(database);
    }
}
