package io.byok.e2e;

import io.byok.testkit.FaultyKafka;
import io.byok.testkit.TestDatabase;
import io.byok.testkit.TestPostgres;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What the servers of one test share: a database, brokers, and the key of keys. Brokers are never shared between worlds,
 * since the topic has one name.
 */
record World(TestDatabase database, FaultyKafka kafka, String encryptionKey) implements AutoCloseable {

    /** New and empty: a database of the PostgreSQL that all tests share, and brokers of its own. */
    static World fresh() {
        return on(TestPostgres.freshDatabase());
    }

    static World on(TestDatabase database) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new World(database, FaultyKafka.running(), Base64.getEncoder().encodeToString(key));
    }

    /** As the server wants to be told. */
    Map<String, String> environment() {
        String url = database.jdbcUrl();
        String address = url + (url.contains("?") ? "&" : "?") + "user=" + database.username() + "&password="
                + Api.encoded(database.password());
        return Map.of(
                "DATABASE_URL", address,
                "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                "BYOK_ENCRYPTION_KEY", encryptionKey);
    }

    /** The first column of a query's rows, for looking behind the API. */
    List<String> rows(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(String.valueOf(found.getString(1)));
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Changes something behind the server's back. */
    void change(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    long number(String sql) {
        return Long.parseLong(rows(sql).getFirst());
    }

    /** The position of the last event. */
    long lastPosition() {
        return number("select coalesce(max(position), 0) from log.event");
    }

    @Override
    public void close() {
        kafka.close();
    }
}
