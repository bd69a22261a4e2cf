package io.byok.e2e;

import io.byok.kernel.StreamType;
import io.byok.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Behind the API: the tables. */
record Database(TestDatabase access) {

    /** The first column of a query's rows. */
    List<String> rows(String sql) {
        try (Connection connection = access.connect();
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

    /** The one number that a query answers. */
    long number(String sql) {
        return Long.parseLong(rows(sql).getFirst());
    }

    /** The position of the last event. */
    long lastPosition() {
        return number("select coalesce(max(position), 0) from log.event");
    }

    /** The position of the last event that is more than a note of what changed nothing, which the server takes a while later. */
    long lastDeed() {
        return number("select coalesce(max(position), 0) from log.event where stream_type not in ("
                + StreamType.DENIAL.code() + ", " + StreamType.TRAIL.code() + ")");
    }

    /** Changes something behind the server's back. */
    void change(String sql) {
        try (Connection connection = access.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Another program's transaction: it does these things and stays open for so long. */
    void holding(Duration length, String... deeds) {
        try (Connection connection = access.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String deed : deeds) {
                statement.execute(deed);
            }
            Eventually.rest(length);
            connection.rollback();
        } catch (SQLException e) {
            throw new AssertionError(String.join("; ", deeds), e);
        }
    }
}
