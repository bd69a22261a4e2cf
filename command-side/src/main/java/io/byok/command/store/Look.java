package io.byok.command.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;

/**
 * A question to the database that is put together with the append lock, in one round trip: everybody waits for each of
 * them. It is answered as the last commit left things, and nothing of it changes before this one.
 */
public interface Look {

    /** A query, a constant, with one parameter: an array of UUIDs. */
    String sql();

    /** The parameter. */
    Collection<UUID> asked();

    /** Takes the answer; called once per attempt, before anything is admitted. */
    void read(ResultSet rows) throws SQLException;
}
