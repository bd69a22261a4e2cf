package io.byok.command.trail;

import static io.byok.command.jooq.log.Tables.READING;

import io.byok.command.jooq.log.tables.records.ReadingRecord;
import io.byok.command.store.Row;
import io.byok.kernel.KeyId;
import io.byok.kernel.Provenance;
import io.byok.kernel.Rejection;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.trail.TrailEvent.AuditRead;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;

/**
 * Brings reads of the audit to the log. The first of a kind is written at once, those that follow within {@link #WINDOW}
 * as one event when it ends. Counted before the read was answered, and marked in the transaction of the event: none is
 * lost, and none is written twice, with any number of nodes.
 */
final class Readings {

    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_AT_ONCE = 500;

    private final DSLContext database;
    private final TrailLog log;
    private final Clock clock;

    Readings(DSLContext database, TrailLog log, Clock clock) {
        this.database = database;
        this.log = log;
        this.clock = clock;
    }

    /** To be called every second or so. */
    void sweep() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var over = now.minus(WINDOW).atOffset(ZoneOffset.UTC);
        for (ReadingRecord due : database.selectFrom(READING)
                .where(READING.TIMES.gt(READING.WRITTEN))
                .and(READING.WRITTEN.eq(0L).or(READING.OPENED_AT.le(over)))
                .orderBy(READING.ID)
                .limit(MOST_AT_ONCE)
                .fetch()) {
            write(due, now);
        }
        database.deleteFrom(READING)
                .where(READING.TIMES.eq(READING.WRITTEN))
                .and(READING.OPENED_AT.le(over))
                .execute();
    }

    private void write(ReadingRecord due, Instant now) {
        UUID key = due.getKey();
        UUID subject = due.getSubject();
        AuditRead event = new AuditRead(
                due.getOperation(),
                key == null ? null : new KeyId(key),
                subject == null ? null : new SubjectId(subject),
                due.getTimes() - due.getWritten(),
                first(due, now),
                now);
        ReadingRows.Told told = new ReadingRows.Told(due.getId(), due.getWritten(), due.getTimes(), now);
        try {
            log.write(
                    new TenantId(due.getTenant()),
                    new Provenance(due.getActor(), null),
                    event,
                    List.of(new Row<>(ReadingRows.KIND, told)));
        } catch (ToldElsewhere another) {
            return; // a node that was faster
        } catch (Rejection erased) {
            return; // the tenant is being erased, and the row goes with it
        }
    }

    private static Instant first(ReadingRecord due, Instant now) {
        OffsetDateTime first = due.getFirstAt();
        return first == null ? now : first.toInstant();
    }
}
