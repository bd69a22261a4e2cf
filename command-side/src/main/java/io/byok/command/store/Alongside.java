package io.byok.command.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Rows of one kind, checked and written in bulk for a whole batch under the append lock: what is checked here cannot be
 * changed by another entry before the commit. One instance per kind; rows are grouped by its identity.
 *
 * <p>Never commits, rolls back or closes the connection. An attempt that fails is repeated, so neither method keeps
 * state between calls.
 */
public interface Alongside<T> {

    /** Checks the rows of a batch, as {@link Admission#admit} says. */
    default void admit(Connection connection, List<Pending<T>> items) throws SQLException {}

    /** For a kind that has something to look up for it: begins an attempt with these values, before the lock is held. */
    default Admission<T> admission(List<T> values) {
        return this::admit;
    }

    /** Writes the rows whose entries were admitted. Positions are known; the events are written
     * after the rows, in the statement that commits. */
    void write(Connection connection, List<Pending<T>> items) throws SQLException;
}
