package io.byok.command.store;

import io.byok.kernel.StreamId;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.postgres.AdvisoryLocks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;

/**
 * The appender's SQL, in as few round trips as there can be: everybody waits for each of them. Several statements go out
 * together; the server still carries out one after the other, each with a snapshot of its own.
 *
 * @param last the position before the first of the events
 */
record Append(long last, List<SealedEvent> events) {

    /** Positions in one partition; {@code log.ensure_partition} has the same number. */
    static final long PARTITION = 10_000_000;

    /** Bytes of payload in one statement: far below the protocol's limit, and little to hold twice. */
    private static final int CHUNK = 4 << 20;

    private static final String LOCK =
            "select pg_advisory_xact_lock(?, ?); select coalesce(max(position), 0) from log.event";

    private static final String NEXT = """
            select u.n, (select max(e.sequence) + 1 from log.event e where e.stream = u.stream)
              from unnest(?) with ordinality as u (stream, n)""";

    /**
     * Begins a transaction that is the lane's only one: waits for the one before, whose rows are visible then. The
     * statements after the lock see them, because their snapshots are taken when the lock is held.
     *
     * @param next is told the sequence with which each of these streams goes on
     * @param looks what else is to be known
     * @return the lane's last position, 0 when it is empty
     */
    static long begin(
            Connection connection,
            Lane lane,
            Collection<StreamId> streams,
            Map<StreamId, Long> next,
            Collection<Look> looks)
            throws SQLException {
        List<Look> asked = new ArrayList<>(looks);
        if (!streams.isEmpty()) {
            asked.add(new NextSequences(List.copyOf(streams), next));
        }
        StringJoiner sql = new StringJoiner("; ").add(LOCK);
        asked.forEach(look -> sql.add(look.sql()));
        try (PreparedStatement query = connection.prepareStatement(sql.toString())) {
            query.setInt(1, AdvisoryLocks.APPEND);
            query.setInt(2, lane.number());
            int parameter = 3;
            for (Look look : asked) {
                query.setArray(parameter++, UuidArrays.of(connection, List.copyOf(look.asked())));
            }
            query.execute();
            query.getMoreResults();
            long last;
            try (ResultSet row = query.getResultSet()) {
                row.next();
                last = row.getLong(1);
            }
            for (Look look : asked) {
                query.getMoreResults();
                try (ResultSet rows = query.getResultSet()) {
                    look.read(rows);
                }
            }
            return last;
        }
    }

    /** Tells the sequence with which each of the streams goes on, by what is committed; 0 for one without events. */
    static void nextSequences(Connection connection, Collection<StreamId> streams, Map<StreamId, Long> next)
            throws SQLException {
        if (streams.isEmpty()) {
            return;
        }
        NextSequences look = new NextSequences(List.copyOf(streams), next);
        try (PreparedStatement query = connection.prepareStatement(look.sql())) {
            query.setArray(1, UuidArrays.of(connection, List.copyOf(look.asked())));
            try (ResultSet rows = query.executeQuery()) {
                look.read(rows);
            }
        }
    }

    private record NextSequences(List<StreamId> streams, Map<StreamId, Long> next) implements Look {

        @Override
        public String sql() {
            return NEXT;
        }

        @Override
        public List<UUID> asked() {
            return streams.stream().map(StreamId::value).toList();
        }

        @Override
        public void read(ResultSet rows) throws SQLException {
            while (rows.next()) {
                next.put(streams.get(rows.getInt(1) - 1), rows.getLong(2)); // null, a stream without events, reads as 0
            }
        }
    }

    /** Writes the events and commits. A broken connection leaves open which of the two it was. */
    void commit(Connection connection) throws SQLException {
        if (events.isEmpty()) {
            connection.commit();
            return;
        }
        // Half a partition ahead of need; when this transaction fails, the next one comes by here again.
        if (last == 0 || (last + events.size()) / (PARTITION / 2) != last / (PARTITION / 2)) {
            ensurePartition(connection, last + events.size() + PARTITION / 2);
        }
        List<SealedEvent> chunk = new ArrayList<>();
        long bytes = 0;
        long before = last;
        for (SealedEvent event : events) {
            if (bytes >= CHUNK) {
                EventArrays.insert(connection, before, chunk, false);
                before += chunk.size();
                chunk.clear();
                bytes = 0;
            }
            chunk.add(event);
            bytes += event.payload().length;
        }
        EventArrays.insert(connection, before, chunk, true);
    }

    private static void ensurePartition(Connection connection, long position) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement("select log.ensure_partition(?)")) {
            call.setLong(1, position);
            call.execute();
        }
    }
}
