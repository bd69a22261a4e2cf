package io.byok.query.replay;

import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.platform.event.EventNames;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.StoredEvent;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Events out of PostgreSQL by binary COPY, which sends rows as they lie: no text is made or parsed, and the next ones come
 * only when the last ones were taken.
 */
final class LogRows {

    private static final String COPY =
            "copy (select position, event_id, tenant, subject, stream_type, stream, sequence,"
                    + " name, revision, occurred_at, payload from log.event where position > %d and position <= %d"
                    + " order by position) to stdout (format binary)";
    private static final int SIGNATURE = 11;
    private static final short END = -1;
    private static final long EPOCH_SECONDS =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

    private LogRows() {}

    /** In batches of this size and a smaller last one; none for an empty range. */
    static void read(Connection connection, long after, long upTo, int size, Consumer<List<StoredEvent>> batches)
            throws SQLException {
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(COPY.formatted(after, upTo));
        try {
            boolean begun = false;
            List<StoredEvent> batch = new ArrayList<>(size);
            for (byte[] bytes = copy.readFromCopy(); bytes != null; bytes = copy.readFromCopy()) {
                ByteBuffer row = ByteBuffer.wrap(bytes);
                if (!begun) {
                    row.position(SIGNATURE + Integer.BYTES);
                    row.position(row.getInt() + row.position());
                    begun = true;
                }
                if (row.getShort() != END) {
                    batch.add(event(row));
                }
                if (batch.size() == size) {
                    batches.accept(batch);
                    batch = new ArrayList<>(size);
                }
            }
            if (!batch.isEmpty()) {
                batches.accept(batch);
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static StoredEvent event(ByteBuffer row) {
        long position = wide(row);
        UUID eventId = id(row);
        TenantId tenant = new TenantId(id(row));
        SubjectId subject = subject(row);
        short type = small(row);
        StreamId stream = new StreamId(StreamType.of(type), id(row));
        long sequence = wide(row);
        short name = small(row);
        short revision = small(row);
        Instant at = micros(wide(row));
        byte[] payload = new byte[row.getInt()];
        row.get(payload);
        return new StoredEvent(
                position,
                new SealedEvent(
                        eventId, tenant, subject, stream, sequence, EventNames.named(name, revision), at, payload));
    }

    private static Instant micros(long since) {
        return Instant.ofEpochSecond(
                EPOCH_SECONDS + Math.floorDiv(since, 1_000_000L), Math.floorMod(since, 1_000_000L) * 1_000L);
    }

    private static @Nullable SubjectId subject(ByteBuffer row) {
        return row.getInt() < 0 ? null : new SubjectId(new UUID(row.getLong(), row.getLong()));
    }

    private static UUID id(ByteBuffer row) {
        length(row, 16);
        return new UUID(row.getLong(), row.getLong());
    }

    private static long wide(ByteBuffer row) {
        length(row, Long.BYTES);
        return row.getLong();
    }

    private static short small(ByteBuffer row) {
        length(row, Short.BYTES);
        return row.getShort();
    }

    private static void length(ByteBuffer row, int expected) {
        if (row.getInt() != expected) {
            throw new IllegalStateException("log.event has a column of another type");
        }
    }
}
