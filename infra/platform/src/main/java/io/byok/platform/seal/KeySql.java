package io.byok.platform.seal;

import io.byok.kernel.Rejection;
import io.byok.kernel.erase.TenantErased;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Statements on tables of keys. A database that does not answer is {@link KeysUnavailable}, a refusal by the fence is
 * {@link RetiredParent}; both say nothing of what the database said, which may quote a row.
 */
public final class KeySql {

    /** Reads one row. */
    @FunctionalInterface
    public interface Reader<R> {
        R read(ResultSet row) throws SQLException;
    }

    /** Statements that belong together. */
    @FunctionalInterface
    public interface Work<R> {
        R on(Connection transaction) throws SQLException;
    }

    /** insufficient_privilege: the query side's role only reads keys. */
    private static final String MAY_NOT = "42501";

    private final DataSource database;

    public KeySql(DataSource database) {
        this.database = database;
    }

    /** The rows of a query that is a transaction of its own. */
    public <R> List<R> list(String sql, Reader<R> reader, @Nullable Object... values) {
        return on(connection -> list(connection, sql, reader, values));
    }

    /** How many rows a statement changed that is a transaction of its own. */
    public int change(String sql, @Nullable Object... values) {
        return on(connection -> change(connection, sql, values));
    }

    /** Commits when the work returns, and rolls back when it throws anything at all. */
    public <R> R together(Work<R> work) {
        return on(connection -> {
            connection.setAutoCommit(false);
            boolean whole = false;
            try {
                R result = work.on(connection);
                connection.commit();
                whole = true;
                return result;
            } finally {
                if (!whole) {
                    connection.rollback(); // an Error, too: setAutoCommit would commit what it left half done
                }
                connection.setAutoCommit(true);
            }
        });
    }

    private <R> R on(Work<R> work) {
        try (Connection connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException refused) {
            if (RetiredParent.is(refused)) {
                throw new RetiredParent();
            }
            if (TenantErased.STATE.equals(refused.getSQLState())) {
                throw Rejection.of(TenantErased.TENANT_ERASED);
            }
            throw new KeysUnavailable(
                    MAY_NOT.equals(refused.getSQLState())
                            ? "a key is not made yet, and this node's database role may make none: start a node of the"
                                    + " command side"
                            : "the keys' tables do not answer",
                    refused);
        }
    }

    /** As {@link #list(String, Reader, Object...)}, in the caller's transaction. */
    public static <R> List<R> list(Connection connection, String sql, Reader<R> reader, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement select = bound(connection, sql, values);
                ResultSet rows = select.executeQuery()) {
            List<R> read = new ArrayList<>();
            while (rows.next()) {
                read.add(reader.read(rows));
            }
            return read;
        }
    }

    /** As {@link #change(String, Object...)}, in the caller's transaction. */
    public static int change(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement change = bound(connection, sql, values)) {
            return change.executeUpdate();
        }
    }

    private static PreparedStatement bound(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
