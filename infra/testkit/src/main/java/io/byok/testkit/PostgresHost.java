package io.byok.testkit;

import io.byok.engines.EmbeddedPostgresEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL that the tests of this JVM share.
 *
 * @param admin a role that may make databases
 * @param application the role that owns what it makes
 */
record PostgresHost(TestDatabase admin, TestDatabase application) {

    private static final Logger log = LoggerFactory.getLogger(PostgresHost.class);
    private static final String IMAGE = "postgres:18";

    static PostgresHost choose() {
        String given = System.getenv("BYOK_TEST_JDBC_URL");
        if (given != null && !given.isBlank()) {
            log.info("PostgreSQL for the tests: BYOK_TEST_JDBC_URL");
            return given(given);
        }
        if (Docker.ANSWERS) {
            try {
                PostgresHost contained = contained();
                log.info("PostgreSQL for the tests: a container of {}", IMAGE);
                return contained;
            } catch (RuntimeException e) {
                log.info("no container of {} ({})", IMAGE, e.getMessage());
            }
        }
        log.info("PostgreSQL for the tests: embedded");
        return embedded();
    }

    static PostgresHost of(EmbeddedPostgresEngine engine) {
        return new PostgresHost(
                new TestDatabase(engine.jdbcUrl("postgres"), engine.adminUsername(), engine.adminPassword()),
                new TestDatabase(engine.jdbcUrl(), engine.username(), engine.password()));
    }

    void asAdmin(String sql) {
        try (Connection connection = admin.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot prepare a test database: " + e.getMessage(), e);
        }
    }

    private static PostgresHost given(String url) {
        // The URL carries its own user and password, which the driver reads from there.
        Properties parts = Driver.parseURL(url, null);
        if (parts == null) {
            throw new IllegalStateException(
                    "BYOK_TEST_JDBC_URL is not of the form" + " jdbc:postgresql://host:port/db?user=...&password=...");
        }
        TestDatabase both = new TestDatabase(url, parts.getProperty("user"), parts.getProperty("password", ""));
        return new PostgresHost(both, both);
    }

    private static PostgresHost embedded() {
        EmbeddedPostgresEngine engine = EmbeddedPostgresEngine.startEphemeral();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(engine::close));
        return of(engine);
    }

    @SuppressWarnings("resource") // Testcontainers removes it when this JVM ends
    private static PostgresHost contained() {
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE);
        container.start();
        String url = container.getJdbcUrl();
        TestDatabase admin = new TestDatabase(url, container.getUsername(), container.getPassword());
        PostgresHost host = new PostgresHost(admin, new TestDatabase(url, "byok", "byok"));
        host.asAdmin("create role byok login password 'byok'");
        host.asAdmin("create role byok_query nologin role byok");
        host.asAdmin("create role byok_request nologin role byok_query");
        return host;
    }
}
