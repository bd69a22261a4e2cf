package io.byok.command.trail;

import static io.byok.command.jooq.log.Tables.REPLAY_NOTE;

import io.byok.command.jooq.log.tables.records.ReplayNoteRecord;
import io.byok.command.store.Row;
import io.byok.kernel.Provenance;
import io.byok.kernel.Rejection;
import io.byok.kernel.TenantId;
import io.byok.kernel.trail.TrailEvent;
import io.byok.kernel.trail.TrailEvent.ReplayEnded;
import io.byok.kernel.trail.TrailEvent.ReplayStarted;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;

/** Brings to the log that replays have begun and ended. A note goes with its event: each is written once. */
final class ReplayNotes {

    private static final int MOST_AT_ONCE = 100;

    private final DSLContext database;
    private final TrailLog log;

    ReplayNotes(DSLContext database, TrailLog log) {
        this.database = database;
        this.log = log;
    }

    /** To be called every second or so. */
    void sweep() {
        for (ReplayNoteRecord note : database.selectFrom(REPLAY_NOTE)
                .orderBy(REPLAY_NOTE.ID)
                .limit(MOST_AT_ONCE)
                .fetch()) {
            try {
                log.write(
                        new TenantId(note.getTenant()),
                        new Provenance(note.getActor(), note.getRequestId()),
                        event(note),
                        List.of(new Row<>(ReplayNoteRows.KIND, note.getId())));
            } catch (ToldElsewhere another) {
                return; // a node that was faster, and goes on with the others
            } catch (Rejection erased) {
                continue; // the tenant is being erased, and the note goes with it
            }
        }
    }

    private static TrailEvent event(ReplayNoteRecord note) {
        Instant at = note.getAt().toInstant();
        String outcome = note.getOutcome();
        return outcome == null
                ? new ReplayStarted(note.getReplay(), note.getProjection(), note.getMode(), at)
                : new ReplayEnded(
                        note.getReplay(), note.getProjection(), note.getMode(), outcome, note.getPosition(), at);
    }
}
