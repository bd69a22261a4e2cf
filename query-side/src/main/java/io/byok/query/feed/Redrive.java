package io.byok.query.feed;

import static io.byok.query.jooq.Tables.PARKED;

import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.platform.event.StoredEvent;
import io.byok.query.jooq.tables.records.ParkedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Tries again what is parked, from the event store, which is the truth: a stream at a time and in its order, each event
 * once. The feed waits meanwhile, so nothing of the stream can come between; the first that still cannot be applied keeps
 * the rest waiting, with its reason renewed.
 */
public final class Redrive {

    static final int PAGE = 500;

    private final DSLContext view;
    private final EventSource store;
    private final EventOpener opener;

    /** @param view opens transactions of its own */
    public Redrive(DSLContext view, EventSource store, EventOpener opener) {
        this.view = view;
        this.store = store;
        this.opener = opener;
    }

    /**
     * What became of a stream.
     *
     * @param applied events that the read model has now
     * @param waiting events that it has not
     */
    public record Outcome(long applied, long waiting) {}

    /** @param one any record of the stream that is not given up; not foreign */
    public Outcome retry(Projector projector, ParkedRecord one) {
        Condition stream = PARKED.PROJECTION
                .eq(projector.name())
                .and(PARKED.STREAM_TYPE.eq(one.getStreamType()))
                .and(PARKED.STREAM.eq(one.getStream()))
                .and(PARKED.DISCARDED_AT.isNull());
        StreamId of = new StreamId(StreamType.of(one.getStreamType()), one.getStream());
        long applied = 0;
        int now;
        do {
            now = view.transactionResult(transaction -> page(transaction.dsl(), projector, one.getLane(), of, stream));
            applied += now;
        } while (now == PAGE);
        return new Outcome(applied, view.fetchCount(PARKED, stream));
    }

    private int page(DSLContext inside, Projector projector, int lane, StreamId of, Condition stream) {
        inside.execute("set local lock_timeout = '10s'");
        Places.hold(inside, projector.name(), lane);
        int applied = 0;
        for (ParkedRecord row : inside.selectFrom(PARKED)
                .where(stream)
                .orderBy(PARKED.POSITION, PARKED.ID)
                .limit(PAGE)
                .fetch()) {
            String refusal = apply(inside, projector, of, row);
            if (refusal != null) {
                inside.update(PARKED)
                        .set(PARKED.REASON, refusal)
                        .where(PARKED.ID.eq(row.getId()))
                        .execute();
                return applied;
            }
            inside.deleteFrom(PARKED).where(PARKED.ID.eq(row.getId())).execute();
            applied++;
        }
        return applied;
    }

    /** Nothing when it is applied, or why it is not. */
    private @Nullable String apply(DSLContext inside, Projector projector, StreamId of, ParkedRecord row) {
        return switch (opener.open(event(row.getPosition()), Received.NO_OFFSET)) {
            case Received.Unreadable unreadable -> unreadable.reason();
            case Received.Foreign foreign -> foreign.reason();
            // What was parked may have come from Kafka, where anybody can write the clear part. Its true stream may
            // have gone on since.
            case Received.Readable other
            when !other.opened().sealed().stream().equals(of) ->
                "the event store has another stream at this position: rebuild the read model";
            case Received.Readable readable -> applied(inside, projector, readable);
        };
    }

    private @Nullable String applied(DSLContext inside, Projector projector, Received.Readable readable) {
        Batch batch = new Batch(List.of(new Batch.Entry(readable.position(), readable.opened())));
        try {
            // A savepoint: what the projector has begun is undone, and what was applied before it stays.
            inside.transaction(nested -> {
                projector.apply(nested.dsl(), batch);
                Parking.forget(nested.dsl(), projector.name(), batch);
            });
            return null;
        } catch (RuntimeException e) {
            if (Unappliable.isFaultOfTheEvent(e)) {
                return Objects.requireNonNull(new Unappliable(e).getMessage());
            }
            throw e;
        }
    }

    private StoredEvent event(long position) {
        List<StoredEvent> found = new ArrayList<>(1);
        store.read(position - 1, position, found::addAll);
        return found.getFirst();
    }
}
