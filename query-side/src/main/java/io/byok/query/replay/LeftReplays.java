package io.byok.query.replay;

import static io.byok.query.jooq.Tables.REPLAY;

import io.byok.query.jooq.tables.records.ReplayRecord;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Replays that their server did not bring to an end. Whoever asks holds the right to replay, so none of them runs. */
final class LeftReplays {

    private static final int MOST_RESUMED = 5; // one that brings its server down does not do so for ever

    private final DSLContext view;
    private final ReplayJournal journal;

    LeftReplays(DSLContext view, ReplayJournal journal) {
        this.view = view;
        this.journal = journal;
    }

    /** A replay that its server did not bring to an end. */
    record Left(ReplayId id, String projection, ReplayMode mode, long generation) {}

    /**
     * The newest one, to go on with, if it has not been left too often; all others are closed.
     */
    Optional<Left> resume() {
        ReplayRecord newest = view.selectFrom(REPLAY)
                .where(REPLAY.STATUS.eq(ReplayJournal.RUNNING))
                .and(REPLAY.RESUMED.lt(MOST_RESUMED))
                .orderBy(REPLAY.ID.desc())
                .limit(1)
                .fetchOne();
        if (newest == null) {
            close();
            return Optional.empty();
        }
        view.update(REPLAY)
                .set(REPLAY.RESUMED, REPLAY.RESUMED.plus(1))
                .where(REPLAY.ID.eq(newest.getId()))
                .execute();
        close(REPLAY.ID.ne(newest.getId()));
        return Optional.of(new Left(
                new ReplayId(newest.getId()),
                newest.getProjection(),
                ReplayMode.of(newest.getMode()),
                newest.getGeneration()));
    }

    /** Ends what a server left running when it died. */
    void close() {
        close(DSL.noCondition());
    }

    private void close(Condition which) {
        for (ReplayRecord orphan : view.selectFrom(REPLAY)
                .where(REPLAY.STATUS.eq(ReplayJournal.RUNNING))
                .and(which)
                .fetch()) {
            Shadow.drop(view, orphan.getGeneration());
            journal.close(new ReplayId(orphan.getId()), ReplayJournal.INTERRUPTED, "the server ended before it did");
        }
    }
}
