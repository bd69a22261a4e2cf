package io.byok.query.feed;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Table;

/**
 * Keeps one read model. What it writes follows from the events alone: no clock, no randomness, and the same rows
 * whatever the size of the batches. That is what makes a replay comparable.
 */
public interface Projector {

    /** A stable word; the name of its row in {@code view.projection}. */
    String name();

    /** The tables it owns, each with a primary key. No other projector writes them. */
    List<Table<?>> tables();

    /**
     * Folds a batch and writes the outcome in few statements.
     *
     * @param view a transaction that the caller commits; its schema may be a shadow of {@code view}, so statements name
     *     generated tables only
     * @throws RuntimeException for an event that cannot follow what is there; nothing of the batch is kept then
     */
    void apply(DSLContext view, Batch batch);

    /** Those of its tables whose rows nothing is looked up in while a replay fills them: their indexes are made at the end. */
    default Set<Table<?>> appended() {
        return Set.of();
    }

    /**
     * The same as {@link #apply} for a replay, which may leave rows behind that {@link #settle} puts together. Its {@link
     * #appended} tables have no index, not even their primary key.
     */
    default void load(DSLContext view, Batch batch) {
        apply(view, batch);
    }

    /** Makes of what was loaded what would have been applied. @param view a transaction that the caller commits */
    default void settle(DSLContext view) {}

    /**
     * Whether an event may come after later ones of other streams. Where it may not, a parked one can neither be tried
     * again nor be given up: only a rebuild puts it where it belongs.
     */
    default boolean takesLate() {
        return true;
    }

    /**
     * What it says of each day; nothing for one that knows no days.
     *
     * @param view a transaction whose time zone is UTC; its schema may be a shadow of {@code view}
     */
    default List<Day> days(DSLContext view) {
        return List.of();
    }

    /**
     * Compares what was said of the read model with a replay of it.
     *
     * @param live the live read models
     * @param replayed the same tables, made again
     * @param position of the log, at which the replay stands
     */
    default Optional<Held> held(DSLContext live, DSLContext replayed, long position) {
        return Optional.empty();
    }
}
