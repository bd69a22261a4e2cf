package io.byok.query.replay;

import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.platform.event.StoredEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What happened in one tenant, from the event store itself. Every statement is bound to the tenant it is given. */
public final class TenantHistory {

    private static final int FETCH = 1_000;

    private final DataSource database;

    public TenantHistory(DataSource database) {
        this.database = database;
    }

    /**
     * What is read.
     *
     * @param types kinds of streams
     * @param subject leaves out what is about another end user; absent for everybody
     * @param until when it happened at the latest
     */
    public record Part(
            TenantId tenant,
            Set<StreamType> types,
            @Nullable SubjectId subject,
            Instant until) {

        private Condition condition() {
            Condition part = EventLog.TENANT
                    .eq(tenant.value())
                    .and(EventLog.STREAM_TYPE.in(
                            types.stream().map(StreamType::code).toList()))
                    .and(EventLog.OCCURRED_AT.le(until.atOffset(ZoneOffset.UTC)));
            return subject == null
                    ? part
                    : part.and(EventLog.SUBJECT.isNull().or(EventLog.SUBJECT.eq(subject.value())));
        }
    }

    /** In the order of positions, in one snapshot and in bounded memory. */
    public void read(Part part, Consumer<StoredEvent> visitor) {
        DSL.using(database, SQLDialect.POSTGRES).transaction(transaction -> {
            DSLContext snapshot = transaction.dsl();
            snapshot.execute("set transaction isolation level repeatable read, read only");
            try (Cursor<Record> cursor = snapshot.select(EventLog.COLUMNS)
                    .from(EventLog.EVENT)
                    .where(part.condition())
                    .orderBy(EventLog.POSITION)
                    .fetchSize(FETCH)
                    .fetchLazy()) {
                cursor.forEach(row -> visitor.accept(EventLog.event(row)));
            }
        });
    }

    /** Those of these positions that are the tenant's. */
    public List<StoredEvent> at(TenantId tenant, List<Long> positions) {
        return positions.isEmpty()
                ? List.of()
                : DSL.using(database, SQLDialect.POSTGRES)
                        .select(EventLog.COLUMNS)
                        .from(EventLog.EVENT)
                        .where(EventLog.TENANT.eq(tenant.value()))
                        .and(EventLog.POSITION.in(positions))
                        .fetch(EventLog::event);
    }
}
