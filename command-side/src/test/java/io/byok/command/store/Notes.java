package io.byok.command.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** Rows of a table that is there for tests: at most 100 characters, never twice the same, never {@code refused}. */
final class Notes implements Alongside<String> {

    private static final String TABLE = "create table if not exists note (position bigint, text varchar(100) unique)";

    @Override
    public void admit(Connection connection, List<Pending<String>> items) throws SQLException {
        connection.createStatement().execute(TABLE);
        Set<String> seen = new HashSet<>(texts(connection));
        for (Pending<String> item : items) {
            if (item.value().startsWith("refused") || !seen.add(item.value())) {
                item.refuse(new Refused());
            }
        }
    }

    @Override
    public void write(Connection connection, List<Pending<String>> items) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into note values (?, ?)")) {
            for (Pending<String> item : items) {
                insert.setLong(1, item.lastPosition());
                insert.setString(2, item.value());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Position and text of every note, in order. */
    List<String> read(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return strings(connection, "select position || ' ' || text from note order by position, text desc");
        }
    }

    private static List<String> texts(Connection connection) throws SQLException {
        return strings(connection, "select text from note");
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet rows = query.executeQuery()) {
            List<String> strings = new ArrayList<>();
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
            return strings;
        }
    }
}
