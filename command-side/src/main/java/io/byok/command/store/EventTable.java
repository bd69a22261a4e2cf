package io.byok.command.store;

import io.byok.kernel.StreamId;
import io.byok.kernel.SubjectId;
import io.byok.platform.event.SealedEvent;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The appender's SQL on {@code log.event}. Arrays rather than many parameters: one plan, whatever the size. */
final class EventTable {

    /** Positions in one partition; {@code log.ensure_partition} has the same number. */
    static final long PARTITION = 10_000_000;

    /** Bytes of payload in one statement: far below the protocol's limit, and little to hold twice. */
    private static final int CHUNK = 4 << 20;

    private EventTable() {}

    /** The sequence with which each of the streams goes on, by what is committed. Streams without events are absent. */
    static Map<StreamId, Long> nextSequences(Connection connection, Collection<StreamId> streams) throws SQLException {
        Map<StreamId, Long> next = new HashMap<>();
        if (streams.isEmpty()) {
            return next;
        }
        List<StreamId> asked = List.copyOf(streams);
        try (PreparedStatement query = connection.prepareStatement("""
                select u.n, (select max(e.sequence) + 1 from log.event e where e.stream = u.stream)
                  from unnest(?) with ordinality as u (stream, n)""")) {
            query.setArray(1, uuids(connection, asked.stream().map(StreamId::value)));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    long sequence = rows.getLong(2);
                    if (!rows.wasNull()) {
                        next.put(asked.get(rows.getInt(1) - 1), sequence);
                    }
                }
            }
        }
        return next;
    }

    /** Writes the events at the positions that follow {@code last}, and sees to it that the next partition exists. */
    static void insert(Connection connection, long last, List<SealedEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        if ((last + events.size()) / (PARTITION / 2) != last / (PARTITION / 2) || last == 0) {
            ensurePartition(connection, last + events.size() + PARTITION / 2);
        }
        if (events.size() == 1) {
            insertOne(connection, last + 1, events.getFirst());
            return;
        }
        List<SealedEvent> chunk = new ArrayList<>();
        long bytes = 0;
        long before = last;
        for (SealedEvent event : events) {
            chunk.add(event);
            bytes += event.payload().length;
            if (bytes >= CHUNK) {
                insertMany(connection, before, chunk);
                before += chunk.size();
                chunk.clear();
                bytes = 0;
            }
        }
        if (!chunk.isEmpty()) {
            insertMany(connection, before, chunk);
        }
    }

    private static void ensurePartition(Connection connection, long position) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement("select log.ensure_partition(?)")) {
            call.setLong(1, position);
            call.execute();
        }
    }

    /** A lone event: no arrays to build and to take apart. */
    private static void insertOne(Connection connection, long position, SealedEvent event) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into log.event (position, event_id, tenant, subject, stream_type, stream, sequence, name,
                                       revision, occurred_at, payload)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            insert.setLong(1, position);
            insert.setObject(2, event.eventId());
            insert.setObject(3, event.tenant().value());
            insert.setObject(4, uuid(event.subject()), Types.OTHER);
            insert.setShort(5, event.stream().type().code());
            insert.setObject(6, event.stream().value());
            insert.setLong(7, event.sequence());
            insert.setShort(8, event.name().code());
            insert.setShort(9, event.name().revision());
            insert.setObject(10, event.occurredAt().atOffset(ZoneOffset.UTC));
            insert.setBytes(11, event.payload());
            insert.executeUpdate();
        }
    }

    private static void insertMany(Connection connection, long last, List<SealedEvent> events) throws SQLException {
        int size = events.size();
        Short[] types = new Short[size];
        Long[] sequences = new Long[size];
        Short[] names = new Short[size];
        Short[] revisions = new Short[size];
        Long[] micros = new Long[size];
        byte[][] payloads = new byte[size][];
        for (int i = 0; i < size; i++) {
            SealedEvent event = events.get(i);
            types[i] = event.stream().type().code();
            sequences[i] = event.sequence();
            names[i] = event.name().code();
            revisions[i] = event.name().revision();
            micros[i] = ChronoUnit.MICROS.between(Instant.EPOCH, event.occurredAt());
            payloads[i] = event.payload();
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into log.event (position, event_id, tenant, subject, stream_type, stream, sequence, name,
                                       revision, occurred_at, payload)
                select ? + u.n, u.event_id, u.tenant, u.subject, u.stream_type, u.stream, u.sequence, u.name,
                       u.revision, timestamptz 'epoch' + u.micros * interval '1 microsecond', u.payload
                  from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality
                    as u (event_id, tenant, subject, stream_type, stream, sequence, name, revision, micros, payload, n)
                """)) {
            insert.setLong(1, last);
            insert.setArray(2, uuids(connection, events.stream().map(SealedEvent::eventId)));
            insert.setArray(
                    3, uuids(connection, events.stream().map(e -> e.tenant().value())));
            insert.setArray(4, connection.createArrayOf("uuid", subjects(events)));
            insert.setArray(5, connection.createArrayOf("int2", types));
            insert.setArray(
                    6, uuids(connection, events.stream().map(e -> e.stream().value())));
            insert.setArray(7, connection.createArrayOf("int8", sequences));
            insert.setArray(8, connection.createArrayOf("int2", names));
            insert.setArray(9, connection.createArrayOf("int2", revisions));
            insert.setArray(10, connection.createArrayOf("int8", micros));
            insert.setArray(11, connection.createArrayOf("bytea", payloads));
            insert.executeUpdate();
        }
    }

    private static Array uuids(Connection connection, java.util.stream.Stream<UUID> values) throws SQLException {
        return connection.createArrayOf("uuid", values.toArray());
    }

    private static @Nullable Object[] subjects(List<SealedEvent> events) {
        @Nullable Object[] subjects = new @Nullable Object[events.size()];
        for (int i = 0; i < subjects.length; i++) {
            subjects[i] = uuid(events.get(i).subject());
        }
        return subjects;
    }

    private static @Nullable UUID uuid(@Nullable SubjectId subject) {
        return subject == null ? null : subject.value();
    }
}
