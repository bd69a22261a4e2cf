package io.byok.command.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** A fresh, migrated database on a PostgreSQL that the whole JVM shares, as durable as in production. */
public final class LogFixture {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String url;

    private LogFixture(String url) {
        this.url = url;
    }

    /** Creates a database with all tables of the write side: a copy of one that was migrated. */
    public static LogFixture fresh() {
        String name = "log_" + NUMBER.incrementAndGet();
        create(name, Server.TEMPLATE);
        return new LogFixture(Server.POSTGRES.getJdbcUrl("postgres", name));
    }

    private static void create(String name, String template) {
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + template);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Connections as the product makes them. */
    public DataSource connections(String name) {
        return LogConnections.of(url, "postgres", "postgres", name);
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

    private static String migrations(String module, String name) {
        return "filesystem:" + Path.of(module, "src/main/resources/db", name);
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();
        static final String TEMPLATE = template();

        private static String template() {
            String name = "migrated";
            try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            Flyway.configure()
                    .dataSource(POSTGRES.getDatabase("postgres", name))
                    .locations(migrations("../infra/platform", "platform"), migrations(".", "command"))
                    .load()
                    .migrate();
            return name;
        }

        private static EmbeddedPostgres start() {
            try {
                // The library's own defaults trade durability for speed.
                return EmbeddedPostgres.builder()
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("fsync", "on")
                        .setServerConfig("full_page_writes", "on")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
