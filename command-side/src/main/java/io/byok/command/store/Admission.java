package io.byok.command.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** How the rows of one kind are admitted in one attempt; may keep what it looked up for as long as that. */
@FunctionalInterface
public interface Admission<T> {

    /** What has to be known for it. */
    default List<Look> looks() {
        return List.of();
    }

    /**
     * Checks rows of a batch, in the order of their entries, against the database and against each other. May call
     * {@link Pending#refuse}: that entry alone fails, and nothing of it is written. Called again, with fewer rows, when an
     * entry of the batch turns out not to fit its stream.
     */
    void admit(Connection connection, List<Pending<T>> items) throws SQLException;
}
