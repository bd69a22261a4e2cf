package io.byok.platform.web.http;

import io.byok.platform.web.ReadinessProbe;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Whether PostgreSQL gives out a connection that works. */
final class DatabaseProbe implements ReadinessProbe {

    private static final int SECONDS = 1;

    private final DataSource database;

    DatabaseProbe(DataSource database) {
        this.database = database;
    }

    @Override
    public String part() {
        return "database";
    }

    @Override
    public boolean isReady() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }
}
