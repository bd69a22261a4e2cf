package io.byok.bench;

import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.platform.event.EventName;
import io.byok.platform.event.EventNames;
import io.byok.platform.seal.Aad;
import io.byok.platform.seal.Opened;
import io.byok.platform.seal.Opener;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * What no replay can be faster than: the events out of PostgreSQL by binary COPY, each seal opened, and nothing else:
 * no JSON is read, nothing is folded, nothing is written. One thread.
 */
final class BareCopy {

    private static final String COPY =
            "copy (select position, event_id, tenant, subject, stream_type, stream, sequence,"
                    + " name, revision, payload from log.event where position <= %d order by position) to stdout (format binary)";
    private static final int HEADER = 19;

    private final BenchLog log;
    private final Opener opener;
    private long opened;

    BareCopy(BenchLog log) {
        this.log = log;
        this.opener = new Opener(log.keyring());
    }

    /** Events per second. */
    double run(long events) throws SQLException {
        opened = 0;
        long begin = System.nanoTime();
        try (Connection connection = log.database().pool().getConnection()) {
            CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(COPY.formatted(events));
            boolean first = true;
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                open(ByteBuffer.wrap(row, first ? HEADER : 0, row.length - (first ? HEADER : 0)));
                first = false;
            }
        }
        if (opened != events) {
            throw new IllegalStateException(opened + " of " + events + " events were opened");
        }
        return events / ((System.nanoTime() - begin) / 1e9);
    }

    private void open(ByteBuffer row) {
        if (row.getShort() < 0) {
            return; // the end
        }
        skip(row); // the position
        row.getLong();
        UUID eventId = uuid(row);
        TenantId tenant = new TenantId(uuid(row));
        int length = row.getInt();
        SubjectId subject = length < 0 ? null : new SubjectId(new UUID(row.getLong(), row.getLong()));
        short type = small(row);
        StreamId stream = new StreamId(StreamType.of(type), uuid(row));
        skip(row);
        long sequence = row.getLong();
        short code = small(row);
        open(row, tenant, subject, stream, sequence, eventId, EventNames.named(code, small(row)));
    }

    private void open(
            ByteBuffer row,
            TenantId tenant,
            @Nullable SubjectId subject,
            StreamId stream,
            long sequence,
            UUID eventId,
            EventName name) {
        byte[] payload = new byte[row.getInt()];
        row.get(payload);
        Aad place = Aad.event(tenant, subject, stream, sequence, eventId, name.word(), name.revision());
        if (opener.open(payload, place) instanceof Opened.Plain) {
            opened++;
        }
    }

    private static UUID uuid(ByteBuffer row) {
        skip(row);
        return new UUID(row.getLong(), row.getLong());
    }

    private static short small(ByteBuffer row) {
        skip(row);
        return row.getShort();
    }

    private static void skip(ByteBuffer row) {
        row.getInt(); // the length, known
    }
}
