package io.byok.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.byok.engines.EmbeddedPostgresEngine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** An embedded PostgreSQL with the product's tables, as durable as in production, for both sides of a comparison. */
final class BenchDatabase implements AutoCloseable {

    private final EmbeddedPostgresEngine engine = EmbeddedPostgresEngine.startEphemeral();
    private final HikariDataSource pool = morePool();

    BenchDatabase() {
        this("db/platform", "db/command");
    }

    BenchDatabase(String... migrations) {
        pool.setJdbcUrl(engine.jdbcUrl());
        pool.setUsername(engine.username());
        pool.setPassword(engine.password());
        pool.setMaximumPoolSize(32);
        Flyway.configure().dataSource(pool).locations(migrations).load().migrate();
    }

    EmbeddedPostgresEngine engine() {
        return engine;
    }

    /** A pool of 32 connections. */
    DataSource pool() {
        return pool;
    }

    /** Another one, the caller's own. */
    HikariDataSource morePool() {
        HikariDataSource made = new HikariDataSource();
        made.setJdbcUrl(engine.jdbcUrl());
        made.setUsername(engine.username());
        made.setPassword(engine.password());
        made.setMaximumPoolSize(32);
        return made;
    }

    /** So that no side pays for the other's pages. */
    void checkpoint() {
        try (Connection connection = DriverManager.getConnection(
                        engine.jdbcUrl("postgres"), engine.adminUsername(), engine.adminPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("checkpoint");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    long count(String table) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pool.close();
        engine.close();
    }
}
