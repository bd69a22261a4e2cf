package io.byok.query.feed;

import io.byok.kernel.StreamId;
import io.byok.platform.event.SealedEvent;
import io.byok.query.jooq.tables.records.ParkedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One read model being kept in one lane. Applies each event exactly once, whatever is delivered twice, and lets no event
 * of a stream overtake another: behind an event that cannot be applied its stream is parked, and no other.
 *
 * <p>Confined to one thread; others may ask for its place.
 */
public final class Projection {

    private static final Logger log = LoggerFactory.getLogger(Projection.class);

    /**
     * Rows and position are lost together or not at all, and come again from Kafka: no need to wait for the disk. And a node
     * that stands still within holds the read model's row, so that nobody else could go on with it, for 8 s at most.
     */
    private static final String SETTINGS = "select set_config('synchronous_commit', 'off', true),"
            + " set_config('idle_in_transaction_session_timeout', '8s', true)";

    private final DSLContext view;
    private final Projector projector;
    private final int lane;
    private volatile Place place;
    private boolean loading;

    /** @param place where the read model stands, as its row says */
    public Projection(DSLContext view, Projector projector, int lane, Place place) {
        this.view = view;
        this.projector = projector;
        this.lane = lane;
        this.place = place;
    }

    public Projector projector() {
        return projector;
    }

    public Place place() {
        return place;
    }

    /** From now on events are loaded, until {@link #settle}. */
    public void load() {
        loading = true;
    }

    /** Puts together what was loaded; events are applied from now on. @param transaction in which the caller goes on */
    public void settle(DSLContext transaction) {
        if (loading) {
            projector.settle(transaction);
            loading = false;
        }
    }

    /**
     * Applies what is new of these, in order.
     *
     * @throws MovedElsewhere when somebody else has applied something meanwhile; nothing was done
     */
    public void apply(List<Received> items) {
        List<Received> fresh = items.stream().filter(place::lacks).toList();
        if (fresh.isEmpty()) {
            return;
        }
        try {
            place = write(view, fresh, null);
        } catch (Unappliable first) {
            oneByOne(fresh);
        }
    }

    /** The same within a transaction of the caller's, who holds the read model's row and rolls back on any exception. */
    public void applyWithin(DSLContext transaction, List<Received> items) {
        List<Received> fresh = items.stream().filter(place::lacks).toList();
        if (!fresh.isEmpty()) {
            place = step(transaction, fresh, null);
        }
    }

    // The slow way, taken only for a batch with an event in it that the projector refuses: finds it, and parks it.
    private void oneByOne(List<Received> items) {
        for (Received item : items) {
            try {
                place = write(view, List.of(item), null);
            } catch (Unappliable poison) {
                log.warn("{} cannot apply position {}: {}", projector.name(), item.position(), poison.getMessage());
                place = write(view, List.of(item), poison.getMessage());
            }
        }
    }

    private Place write(DSLContext jooq, List<Received> items, @Nullable String refusal) {
        return jooq.transactionResult(transaction -> {
            DSLContext inside = transaction.dsl();
            inside.execute(SETTINGS);
            if (loading) {
                // A plan made for an empty table would be kept for the full one.
                inside.execute("set local plan_cache_mode = force_custom_plan");
            }
            return step(inside, items, refusal);
        });
    }

    private Place step(DSLContext inside, List<Received> items, @Nullable String refusal) {
        Place next = place.after(items.getLast());
        long generation =
                Places.move(inside, projector.name(), lane, place, next).orElseThrow(MovedElsewhere::new);
        Parking.Aside aside = Parking.aside(inside, projector.name());
        Set<StreamId> waiting = aside.waiting();
        List<Batch.Entry> applied = new ArrayList<>(items.size());
        List<ParkedRecord> parked = new ArrayList<>();
        for (Received item : items) {
            if (item.sealed() != null && aside.discarded().contains(item.position())) {
                continue;
            }
            String reason = refusal == null ? reasonToPark(item, waiting) : refusal;
            if (reason != null) {
                parked.add(Parking.row(projector.name(), lane, item, reason));
                SealedEvent sealed = item.sealed();
                if (sealed != null) {
                    waiting.add(sealed.stream());
                }
            } else if (item instanceof Received.Readable readable) {
                applied.add(new Batch.Entry(readable.position(), readable.opened()));
            }
        }
        if (!applied.isEmpty()) {
            project(inside, new Batch(applied));
        }
        inside.batchInsert(parked).execute();
        Parking.forget(inside, projector.name(), new Batch(applied));
        return new Place(generation, next.position(), next.offset());
    }

    private static @Nullable String reasonToPark(Received item, Set<StreamId> waiting) {
        return switch (item) {
            case Received.Foreign foreign -> foreign.reason();
            case Received.Unreadable unreadable -> unreadable.reason();
            case Received.Readable readable ->
                waiting.contains(readable.opened().sealed().stream()) ? "its stream waits for an earlier event" : null;
        };
    }

    private void project(DSLContext inside, Batch batch) {
        try {
            if (loading) {
                projector.load(inside, batch);
            } else {
                projector.apply(inside, batch);
            }
        } catch (RuntimeException e) {
            throw Unappliable.isFaultOfTheEvent(e) ? new Unappliable(e) : e;
        }
    }
}
