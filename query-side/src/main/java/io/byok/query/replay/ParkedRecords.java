package io.byok.query.replay;

import static io.byok.query.jooq.Tables.PARKED;

import io.byok.kernel.Rejection;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.TenantId;
import io.byok.platform.event.EventName;
import io.byok.platform.event.EventNames;
import io.byok.platform.web.Caller;
import io.byok.query.feed.Lease;
import io.byok.query.feed.Projector;
import io.byok.query.feed.Redrive;
import io.byok.query.feed.Rows;
import io.byok.query.jooq.tables.records.ParkedRecord;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * What the read models could not take, and what an operator does about it. One at a time with replays: a generation that
 * is being made must not miss what was decided about the live one.
 */
final class ParkedRecords {

    private final DSLContext view;
    private final DataSource database;
    private final List<Projector> projectors;
    private final Redrive redrive;
    private final InstantSource clock;

    /** @param view as the read side itself: what is parked is of all tenants */
    ParkedRecords(
            DSLContext view, DataSource database, List<Projector> projectors, Redrive redrive, InstantSource clock) {
        this.view = view;
        this.database = database;
        this.projectors = projectors;
        this.redrive = redrive;
        this.clock = clock;
    }

    /** In the order in which they were parked. */
    List<ParkedView> list(long after, int most) {
        return view.selectFrom(PARKED)
                .where(PARKED.ID.gt(after))
                .orderBy(PARKED.ID)
                .limit(most)
                .fetch(ParkedRecords::shown);
    }

    /** Tries again the stream of a record, from its first one on. */
    ParkedView.Retried retry(long id) {
        return alone(() -> {
            ParkedRecord row = find(id);
            Projector projector = projector(row);
            if (row.getStream() == null) {
                throw Rejection.of(ParkedRefusal.FOREIGN);
            }
            Redrive.Outcome outcome = redrive.retry(projector, row);
            return new ParkedView.Retried(outcome.applied(), outcome.waiting());
        });
    }

    /** Gives a record up, for replays as well; what waits behind it can be tried again then. */
    ParkedView discard(long id, Caller by, String reason) {
        return alone(() -> {
            ParkedRecord row = find(id);
            if (row.getStream() != null) {
                projector(row);
            }
            view.update(PARKED)
                    .set(PARKED.DISCARDED_AT, Rows.utc(clock.instant()))
                    .set(PARKED.DISCARDED_BY, by.actor())
                    .set(PARKED.DISCARDED_BECAUSE, reason)
                    .where(PARKED.ID.eq(id))
                    .execute();
            return shown(view.fetchSingle(PARKED, PARKED.ID.eq(id)));
        });
    }

    private ParkedRecord find(long id) {
        ParkedRecord row =
                view.fetchOptional(PARKED, PARKED.ID.eq(id)).orElseThrow(() -> Rejection.of(ParkedRefusal.NOT_FOUND));
        if (row.getDiscardedAt() != null) {
            throw Rejection.of(ParkedRefusal.DISCARDED);
        }
        return row;
    }

    private Projector projector(ParkedRecord row) {
        Projector projector = projectors.stream()
                .filter(known -> known.name().equals(row.getProjection()))
                .findFirst()
                .orElseThrow(() -> Rejection.of(ParkedRefusal.NOT_FOUND));
        if (!projector.takesLate()) {
            throw Rejection.of(ParkedRefusal.ORDERED);
        }
        return projector;
    }

    private <T> T alone(Supplier<T> deed) {
        try {
            Optional<Lease> taken = Lease.take(database, Lease.REPLAY);
            try (Lease _ = taken.orElseThrow(() -> Rejection.of(ReplayRefusal.RUNNING))) {
                return deed.get();
            }
        } catch (SQLException e) {
            throw new DataAccessException("the database is away", e);
        }
    }

    private static ParkedView shown(ParkedRecord row) {
        OffsetDateTime given = row.getDiscardedAt();
        return new ParkedView(
                Long.toString(row.getId()),
                row.getProjection(),
                row.getPosition(),
                row.getKafkaOffset(),
                row.getTenant() == null ? null : new TenantId(row.getTenant()).text(),
                row.getStream() == null
                        ? null
                        : new StreamId(StreamType.of(row.getStreamType()), row.getStream()).toString(),
                event(row),
                row.getReason(),
                row.getParkedAt().toInstant(),
                given == null
                        ? null
                        : new ParkedView.Discarded(given.toInstant(), row.getDiscardedBy(), row.getDiscardedBecause()));
    }

    private static @Nullable String event(ParkedRecord row) {
        if (row.getName() == null) {
            return null;
        }
        EventName name = EventNames.named(row.getName(), row.getRevision());
        return name.word() + " " + name.revision();
    }
}
