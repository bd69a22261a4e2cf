package io.byok.command.erase;

import io.byok.command.store.EventLog;
import io.byok.command.store.Lane;
import io.byok.platform.seal.KeyHolder;
import io.byok.platform.seal.KeysUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Asks every place where something about an end user may be how far it is; once, for all erasures that wait. */
final class Stores {

    // Where read models and replays stand is the other side's affair; this is all that is known of it here.
    private static final String HAS_READ_SIDE = "select to_regclass('view.projection') is not null";
    private static final String READ_MODELS = "select name, min(position) from view.projection group by name";
    private static final String REPLAY = "select min(started_at) from view.replay where status = 'running'";

    /** Nodes' clocks may be so far apart: {@code StartChecks} refuse more. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    private final DataSource database;
    private final EventLog log;

    Stores(DataSource database, EventLog log) {
        this.database = database;
        this.log = log;
    }

    /**
     * How far everything was in one moment.
     *
     * @param readModels positions by name; absent when this database never had a read side
     * @param replay when the oldest that runs began; absent when none runs
     */
    record Moment(
            long relayed,
            List<KeyHolder> nodes,
            Optional<Map<String, Long>> readModels,
            @Nullable Instant replay) {

        /** Whether a replay runs that may hold what it opened before the keys went, beside the read models. */
        boolean replaysFrom(Instant destroyedAt) {
            return replay != null && replay.isBefore(destroyedAt.plus(SKEW));
        }
    }

    /** @throws KeysUnavailable when the database is away */
    Moment look() {
        long relayed = log.relayed(Lane.FIRST);
        try (Connection connection = database.getConnection()) {
            boolean readSide = hasReadSide(connection);
            return new Moment(
                    relayed,
                    KeyHolder.all(connection),
                    readSide ? Optional.of(readModels(connection)) : Optional.empty(),
                    readSide ? replay(connection) : null);
        } catch (SQLException away) {
            throw new KeysUnavailable("the database does not answer", away);
        }
    }

    private static boolean hasReadSide(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(HAS_READ_SIDE);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static Map<String, Long> readModels(Connection connection) throws SQLException {
        Map<String, Long> positions = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(READ_MODELS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                positions.put(rows.getString(1), rows.getLong(2));
            }
        }
        return positions;
    }

    private static @Nullable Instant replay(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(REPLAY);
                ResultSet row = select.executeQuery()) {
            row.next();
            OffsetDateTime began = row.getObject(1, OffsetDateTime.class);
            return began == null ? null : began.toInstant();
        }
    }
}
