package io.byok.command.store;

import io.byok.kernel.SubjectId;
import io.byok.platform.event.SealedEvent;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Inserts events by one array per column: one plan and no limit of parameters, whatever their number. */
final class EventArrays {

    private static final String COLUMNS = """
            insert into log.event (position, event_id, tenant, subject, stream_type, stream, sequence, name, revision,
                                   occurred_at, payload)
            """;

    private static final String ONE = COLUMNS + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    // Arrays taken apart in the list of columns run in step, row by row; in FROM they would be gathered and read again.
    private static final String MANY = COLUMNS + """
            select u.position, u.event_id, u.tenant, u.subject, u.stream_type, u.stream, u.sequence, u.name, u.revision,
                   timestamptz 'epoch' + u.micros * interval '1 microsecond', u.payload
              from (select unnest(?::int8[]) as position, unnest(?::uuid[]) as event_id, unnest(?::uuid[]) as tenant,
                           unnest(?::uuid[]) as subject, unnest(?::int2[]) as stream_type, unnest(?::uuid[]) as stream,
                           unnest(?::int8[]) as sequence, unnest(?::int2[]) as name, unnest(?::int2[]) as revision,
                           unnest(?::int8[]) as micros, unnest(?::bytea[]) as payload) u
            """;

    private static final String COMMIT = "; commit";

    private EventArrays() {}

    /** Writes the events at the positions that follow {@code last}; commits in the same breath when told so. */
    static void insert(Connection connection, long last, List<SealedEvent> events, boolean commit) throws SQLException {
        if (events.size() == 1) {
            one(connection, last + 1, events.getFirst(), commit ? ONE + COMMIT : ONE);
        } else {
            many(connection, last, events, commit ? MANY + COMMIT : MANY);
        }
    }

    /** A lone event: no arrays to build and to take apart. */
    private static void one(Connection connection, long position, SealedEvent event, String sql) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
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
            insert.execute();
        }
    }

    private static void many(Connection connection, long last, List<SealedEvent> events, String sql)
            throws SQLException {
        int size = events.size();
        Long[] positions = new Long[size];
        Short[] types = new Short[size];
        Long[] sequences = new Long[size];
        Short[] names = new Short[size];
        Short[] revisions = new Short[size];
        Long[] micros = new Long[size];
        byte[][] payloads = new byte[size][];
        for (int i = 0; i < size; i++) {
            SealedEvent event = events.get(i);
            positions[i] = last + 1 + i;
            types[i] = event.stream().type().code();
            sequences[i] = event.sequence();
            names[i] = event.name().code();
            revisions[i] = event.name().revision();
            micros[i] = ChronoUnit.MICROS.between(Instant.EPOCH, event.occurredAt());
            payloads[i] = event.payload();
        }
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setArray(1, connection.createArrayOf("int8", positions));
            insert.setArray(2, uuids(connection, events, SealedEvent::eventId));
            insert.setArray(3, uuids(connection, events, e -> e.tenant().value()));
            insert.setArray(4, uuids(connection, events, e -> uuid(e.subject())));
            insert.setArray(5, connection.createArrayOf("int2", types));
            insert.setArray(6, uuids(connection, events, e -> e.stream().value()));
            insert.setArray(7, connection.createArrayOf("int8", sequences));
            insert.setArray(8, connection.createArrayOf("int2", names));
            insert.setArray(9, connection.createArrayOf("int2", revisions));
            insert.setArray(10, connection.createArrayOf("int8", micros));
            insert.setArray(11, connection.createArrayOf("bytea", payloads));
            insert.execute();
        }
    }

    private static Array uuids(
            Connection connection, List<SealedEvent> events, Function<SealedEvent, @Nullable UUID> value)
            throws SQLException {
        List<@Nullable UUID> values = new ArrayList<>(events.size());
        events.forEach(event -> values.add(value.apply(event)));
        return UuidArrays.of(connection, values);
    }

    private static @Nullable UUID uuid(@Nullable SubjectId subject) {
        return subject == null ? null : subject.value();
    }
}
