package io.byok.command.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * What must be so before anything is promised: the database keeps what it has acknowledged, and tells the time that we
 * tell. Refuses to start otherwise, with one line.
 */
public final class StartChecks {

    private static final Duration SKEW = Duration.ofSeconds(2);

    private StartChecks() {}

    /** Does nothing when all is well. @throws IllegalStateException when the database may lose acknowledged events, or a clock is wrong */
    public static void check(DataSource database, InstantSource clock) {
        try (Connection connection = database.getConnection()) {
            for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
                if (setting(connection, setting).equals("off")) {
                    throw new IllegalStateException("PostgreSQL runs with " + setting
                            + " = off and can lose what it acknowledged; switch it on");
                }
            }
            checkClock(connection, clock);
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be checked: SQLSTATE " + Trouble.state(e));
        }
    }

    private static void checkClock(Connection connection, InstantSource clock) throws SQLException {
        Instant before = clock.instant();
        Instant theirs = databaseClock(connection);
        Instant after = clock.instant();
        // The database read its clock somewhere between our two readings.
        Duration ahead = Duration.between(after, theirs);
        Duration behind = Duration.between(theirs, before);
        Duration apart = ahead.compareTo(behind) > 0 ? ahead : behind;
        if (apart.compareTo(SKEW) >= 0) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "the clocks of this machine and of PostgreSQL are %.1f s apart; allowed are %d s",
                    apart.toMillis() / 1000.0,
                    SKEW.toSeconds()));
        }
    }

    private static Instant databaseClock(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select clock_timestamp()");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select current_setting(?)")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
