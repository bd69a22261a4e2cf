package io.byok.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.byok.engines.EmbeddedPostgresEngine;
import io.byok.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every row of every table as text. */
record DatabaseDump(String text) {

    private static final Pattern BYTEA = Pattern.compile("\\\\x((?:[0-9a-f]{2})+)");

    /** Of a server that has stopped: its own database is started once more, without it. */
    static DatabaseDump ofStopped(Path data) {
        try (EmbeddedPostgresEngine engine = EmbeddedPostgresEngine.start(data.resolve("postgres"), 0);
                Connection connection =
                        DriverManager.getConnection(engine.jdbcUrl(), engine.username(), engine.password())) {
            return of(connection);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Of a database that runs. */
    static DatabaseDump of(TestDatabase database) {
        try (Connection connection = database.connect()) {
            return of(connection);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static DatabaseDump of(Connection connection) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet found = statement.executeQuery(
                    "select format('%I.%I', table_schema, table_name)"
                            + " from information_schema.tables"
                            + " where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'")) {
                while (found.next()) {
                    tables.add(found.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("select t::text from " + table + " t")) {
                    while (rows.next()) {
                        text.append(table).append(' ').append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        return new DatabaseDump(text.toString());
    }

    byte[] asText() {
        return text.getBytes(UTF_8);
    }

    /** What PostgreSQL spells in hex, as the bytes it stands for. */
    byte[] asBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher found = BYTEA.matcher(text);
        while (found.find()) {
            bytes.writeBytes(HexFormat.of().parseHex(found.group(1)));
            bytes.writeBytes("\n".getBytes(US_ASCII));
        }
        return bytes.toByteArray();
    }
}
