package io.byok.command.store;

import io.byok.testkit.TestDatabase;
import io.byok.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A database with the tables of the write side. */
public record LogFixture(TestDatabase database) {

    /** A new one on the shared PostgreSQL. */
    public static LogFixture fresh() {
        return new LogFixture(TestPostgres.freshDatabase("db/platform", "db/command"));
    }

    /** Connections as the product makes them. */
    public DataSource connections(String name) {
        return LogConnections.of(database.jdbcUrl(), database.username(), database.password(), name);
    }

    /** Ends every session of that name, as an administrator or a dying server would. */
    public void kill(String name) {
        try (Connection connection = connections("killer").getConnection();
                var statement = connection.prepareStatement("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where application_name = ? and datname = current_database()")) {
            statement.setString(1, name);
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
