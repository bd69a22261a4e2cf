package io.byok.command.store;

import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.platform.event.EventNames;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.StoredEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log. What it returns is committed, and is complete up to the last position it returns. Reads the primary
 * only: a replica may show commits in another order. Throws {@link LogUnavailable} when the database is away.
 */
public final class EventLog {

    private static final String COLUMNS =
            "position, event_id, tenant, subject, stream_type, stream, sequence, name, revision, occurred_at, payload";

    private static final String AFTER =
            "select " + COLUMNS + " from log.event where position > ? order by position limit ?";

    private final DataSource database;

    public EventLog(DataSource database) {
        this.database = database;
    }

    /** The history of a stream from a sequence on, in order; empty when there is none. */
    public List<StoredEvent> stream(StreamId stream, long fromSequence) {
        return list(
                "select " + COLUMNS + " from log.event where stream = ? and sequence >= ? order by sequence",
                stream.value(),
                fromSequence);
    }

    /** At most {@code limit} events that follow a position, in order; empty only when there is none yet. */
    public List<StoredEvent> after(long position, int limit) {
        return list(
                "select " + COLUMNS + " from log.event where position > ? order by position limit ?", position, limit);
    }

    /** At most {@code limit} events about one end user that follow a position, in order. */
    public List<StoredEvent> about(SubjectId subject, long position, int limit) {
        return list(
                "select " + COLUMNS + " from log.event where subject = ? and position > ? order by position limit ?",
                subject.value(),
                position,
                limit);
    }

    /**
     * At most {@code limit} events of one name and tenant that follow a position, in order.
     *
     * @param from when they happened at the earliest
     * @param to before when they happened
     */
    public List<StoredEvent> named(short name, TenantId tenant, Instant from, Instant to, long position, int limit) {
        return list(
                "select " + COLUMNS + " from log.event where name = ? and tenant = ? and occurred_at >= ?"
                        + " and occurred_at < ? and position > ? order by position limit ?",
                name,
                tenant.value(),
                from.atOffset(ZoneOffset.UTC),
                to.atOffset(ZoneOffset.UTC),
                position,
                limit);
    }

    /** As {@link #after(long, int)}, over a connection of the caller's. */
    public static List<StoredEvent> after(Connection connection, long position, int limit) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(AFTER)) {
            query.setLong(1, position);
            query.setInt(2, limit);
            try (ResultSet rows = query.executeQuery()) {
                return events(rows);
            }
        }
    }

    /** The last position of a lane that the brokers have acknowledged. */
    public long relayed(Lane lane) {
        return number("select position from log.relay where lane = ?", lane.number())
                .orElse(0);
    }

    /** The last position; 0 when the log is empty. */
    public long lastPosition() {
        return number("select max(position) from log.event").orElse(0);
    }

    /** The sequence of a stream's last event; empty when the stream has none. */
    public OptionalLong lastSequence(StreamId stream) {
        return number("select max(sequence) from log.event where stream = ?", stream.value());
    }

    /** The position before the first event that happened at or after an instant; the last one when none did. */
    public long positionBefore(Instant instant) {
        return number(
                        "select min(position) - 1 from log.event where occurred_at >= ?",
                        instant.atOffset(ZoneOffset.UTC))
                .orElseGet(this::lastPosition);
    }

    private List<StoredEvent> list(String sql, Object... arguments) {
        return query(sql, arguments, EventLog::events);
    }

    private static List<StoredEvent> events(ResultSet rows) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        while (rows.next()) {
            events.add(event(rows));
        }
        return events;
    }

    private OptionalLong number(String sql, Object... arguments) {
        return query(sql, arguments, rows -> {
            long number = rows.next() ? rows.getLong(1) : 0;
            return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
        });
    }

    private <T> T query(String sql, Object[] arguments, Reading<T> reading) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                query.setObject(i + 1, arguments[i]);
            }
            try (ResultSet rows = query.executeQuery()) {
                return reading.read(rows);
            }
        } catch (SQLException e) {
            if (Trouble.of(e, null) == Trouble.AWAY) {
                throw LogUnavailable.away();
            }
            throw new IllegalStateException("the log cannot be read: SQLSTATE " + Trouble.state(e));
        }
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        UUID subject = row.getObject(4, UUID.class);
        return new StoredEvent(
                row.getLong(1),
                new SealedEvent(
                        row.getObject(2, UUID.class),
                        new TenantId(row.getObject(3, UUID.class)),
                        subject(subject),
                        new StreamId(StreamType.of(row.getShort(5)), row.getObject(6, UUID.class)),
                        row.getLong(7),
                        EventNames.named(row.getShort(8), row.getShort(9)),
                        row.getObject(10, OffsetDateTime.class).toInstant(),
                        row.getBytes(11)));
    }

    private static @Nullable SubjectId subject(@Nullable UUID value) {
        return value == null ? null : new SubjectId(value);
    }

    private interface Reading<T> {
        T read(ResultSet rows) throws SQLException;
    }
}
