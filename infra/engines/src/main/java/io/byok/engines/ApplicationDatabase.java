package io.byok.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The application's database in a fresh cluster, with the role that owns it and the one its query side works as. */
final class ApplicationDatabase {

    /** The application's role may become it; who it is to the tables is the migrations' affair. */
    private static final String QUERY = "byok_query";

    /** Requests read as it. */
    private static final String REQUEST = "byok_request";

    private ApplicationDatabase() {}

    /**
     * Makes what is missing.
     *
     * @param done a file that marks the work as done; made last, so a killed process begins again, which is harmless
     */
    static void make(Path done, String adminUrl, String adminPassword, String password) {
        String application = EmbeddedPostgresEngine.APPLICATION;
        try (Connection connection =
                        DriverManager.getConnection(adminUrl, EmbeddedPostgresEngine.ADMIN, adminPassword);
                Statement statement = connection.createStatement()) {
            // Utility statements take no binds; name and password are our own letters and digits.
            if (!Files.exists(done)) {
                statement.execute("drop database if exists " + application);
                statement.execute("drop role if exists " + application + ", " + QUERY + ", " + REQUEST);
                statement.execute("create role " + application + " login password '" + password + "'");
                statement.execute("create database " + application + " owner " + application);
            }
            role(statement, QUERY, application);
            role(statement, REQUEST, QUERY); // a cluster of an earlier version lacks it
            if (!Files.exists(done)) {
                Files.createFile(done);
            }
        } catch (SQLException | IOException e) {
            throw new EngineException("cannot make the application's database: " + e.getMessage(), e);
        }
    }

    private static void role(Statement statement, String name, String becomes) throws SQLException {
        try (ResultSet there = statement.executeQuery("select from pg_roles where rolname = '" + name + "'")) {
            if (there.next()) {
                return;
            }
        }
        statement.execute("create role " + name + " nologin role " + becomes);
    }
}
