package io.byok.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** The peer's read models: the same tables with the same indexes, in a schema of their own. No tiles and no leaves. */
final class PeerTables {

    private static final List<String> NAMES = List.of(
            "key_view",
            "key_version",
            "key_health",
            "key_validation",
            "chain_view",
            "usage_day",
            "audit_event",
            "audit_subject");

    private PeerTables() {}

    static void make(DataSource database) {
        execute(database, "create schema peer");
        NAMES.forEach(
                name -> execute(database, "create table peer." + name + " (like view." + name + " including all)"));
    }

    static void empty(DataSource database) {
        NAMES.forEach(name -> execute(database, "truncate peer." + name));
        execute(database, "delete from TokenEntry");
    }

    private static void execute(DataSource database, String statement) {
        try (Connection connection = database.getConnection();
                Statement one = connection.createStatement()) {
            one.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
