package io.byok.query.wall;

import io.byok.kernel.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.ConnectionProvider;
import org.jooq.exception.DataAccessException;

/**
 * Connections that are in a transaction as role {@code byok_request}, with the caller's tenant set, read-only and on one
 * snapshot. Role and tenant end with the transaction, so neither can go back to the pool.
 */
final class WalledConnections implements ConnectionProvider {

    private final DataSource database;
    private final Supplier<TenantId> tenant;

    WalledConnections(DataSource database, Supplier<TenantId> tenant) {
        this.database = database;
        this.tenant = tenant;
    }

    @Override
    public Connection acquire() {
        TenantId caller = tenant.get(); // before there is anything to give back
        Connection connection = null;
        try {
            connection = database.getConnection();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                // SET takes no binds; the value is a UUID's own text. One round trip. What several statements of a
                // transaction read is of one moment.
                statement.execute("set transaction isolation level repeatable read, read only; set local role"
                        + " byok_request; set local byok.tenant = '" + caller.value() + "'");
            }
            return connection;
        } catch (SQLException e) {
            DataAccessException failure = new DataAccessException("cannot read as the caller's tenant", e);
            if (connection != null) {
                try {
                    giveBack(connection);
                } catch (SQLException broken) {
                    failure.addSuppressed(broken);
                }
            }
            throw failure;
        }
    }

    @Override
    public void release(Connection connection) {
        try {
            giveBack(connection);
        } catch (SQLException e) {
            throw new DataAccessException("cannot give a connection back", e);
        }
    }

    private static void giveBack(Connection connection) throws SQLException {
        try (connection) {
            connection.rollback(); // nothing was written
            connection.setAutoCommit(true);
        }
    }
}
