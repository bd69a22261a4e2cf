package io.byok.query.replay;

import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.platform.event.EventNames;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.StoredEvent;
import io.byok.query.feed.EventSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Reads the event store, and only reads it. The table is the other side's; this is all that is known of it here, and a
 * replay is the only reason to know it.
 */
final class EventLog implements EventSource {

    private static final int BATCH = 5_000;

    static final Table<Record> EVENT = DSL.table(DSL.name("log", "event"));
    static final Field<Long> POSITION = DSL.field(DSL.name("position"), SQLDataType.BIGINT);
    private static final Field<UUID> EVENT_ID = DSL.field(DSL.name("event_id"), SQLDataType.UUID);
    static final Field<UUID> TENANT = DSL.field(DSL.name("tenant"), SQLDataType.UUID);
    static final Field<UUID> SUBJECT = DSL.field(DSL.name("subject"), SQLDataType.UUID);
    static final Field<Short> STREAM_TYPE = DSL.field(DSL.name("stream_type"), SQLDataType.SMALLINT);
    private static final Field<UUID> STREAM = DSL.field(DSL.name("stream"), SQLDataType.UUID);
    private static final Field<Long> SEQUENCE = DSL.field(DSL.name("sequence"), SQLDataType.BIGINT);
    private static final Field<Short> NAME = DSL.field(DSL.name("name"), SQLDataType.SMALLINT);
    private static final Field<Short> REVISION = DSL.field(DSL.name("revision"), SQLDataType.SMALLINT);
    static final Field<OffsetDateTime> OCCURRED_AT =
            DSL.field(DSL.name("occurred_at"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    private static final Field<byte[]> PAYLOAD = DSL.field(DSL.name("payload"), SQLDataType.BLOB);

    static final List<Field<?>> COLUMNS = List.of(
            POSITION, EVENT_ID, TENANT, SUBJECT, STREAM_TYPE, STREAM, SEQUENCE, NAME, REVISION, OCCURRED_AT, PAYLOAD);

    private final DataSource database;

    /** @param database a connection of its own is taken for each range: callers may be within a transaction */
    EventLog(DataSource database) {
        this.database = database;
    }

    @Override
    public long end() {
        Field<Long> most = DSL.max(POSITION);
        Long end = DSL.using(database, SQLDialect.POSTGRES)
                .select(most)
                .from(EVENT)
                .fetchOne(most);
        return end == null ? 0 : end;
    }

    @Override
    public void read(long after, long upTo, Consumer<List<StoredEvent>> batches) {
        DSL.using(database, SQLDialect.POSTGRES).connection(connection -> {
            long[] last = {after};
            LogRows.read(connection, after, upTo, BATCH, batch -> {
                last[0] = dense(batch, last[0]);
                batches.accept(batch);
            });
            if (last[0] < upTo) {
                throw new HistoryBroken("the event store ends at " + last[0] + ", before " + upTo);
            }
        });
    }

    private static long dense(List<StoredEvent> batch, long last) {
        long expected = last;
        for (StoredEvent event : batch) {
            expected++;
            if (event.position() != expected) {
                throw new HistoryBroken("the event store has no position " + expected);
            }
        }
        return expected;
    }

    static StoredEvent event(Record row) {
        UUID subject = row.get(SUBJECT);
        return new StoredEvent(
                row.get(POSITION),
                new SealedEvent(
                        row.get(EVENT_ID),
                        new TenantId(row.get(TENANT)),
                        subject == null ? null : new SubjectId(subject),
                        new StreamId(StreamType.of(row.get(STREAM_TYPE)), row.get(STREAM)),
                        row.get(SEQUENCE),
                        EventNames.named(row.get(NAME), row.get(REVISION)),
                        row.get(OCCURRED_AT).toInstant(),
                        row.get(PAYLOAD)));
    }
}
