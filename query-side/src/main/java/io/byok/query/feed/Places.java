package io.byok.query.feed;

import static io.byok.query.jooq.Tables.PROJECTION;

import java.util.Map;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** The rows of {@code view.projection}. */
public final class Places {

    private Places() {}

    /** Where every read model stands in a lane, by name. */
    public static Map<String, Place> read(DSLContext view, int lane) {
        return view.select(PROJECTION.NAME, PROJECTION.GENERATION, PROJECTION.POSITION, PROJECTION.KAFKA_OFFSET)
                .from(PROJECTION)
                .where(PROJECTION.LANE.eq((short) lane))
                .fetchMap(
                        PROJECTION.NAME,
                        row -> new Place(
                                row.get(PROJECTION.GENERATION),
                                row.get(PROJECTION.POSITION),
                                row.get(PROJECTION.KAFKA_OFFSET)));
    }

    /**
     * Where one read model stands in a lane.
     *
     * @throws IllegalStateException when it has no row: its migration is missing
     */
    public static Place of(Map<String, Place> places, Projector projector) {
        Place place = places.get(projector.name());
        if (place == null) {
            throw new IllegalStateException("view.projection has no row for " + projector.name());
        }
        return place;
    }

    /** Makes the feed wait before this read model until the transaction ends. */
    static void hold(DSLContext view, String name, int lane) {
        view.selectOne()
                .from(PROJECTION)
                .where(PROJECTION.NAME.eq(name))
                .and(PROJECTION.LANE.eq((short) lane))
                .forUpdate()
                .execute();
    }

    /** The position that all read models have reached in a lane. */
    public static long reachedByAll(DSLContext view, int lane) {
        Field<Long> least = DSL.min(PROJECTION.POSITION);
        Long reached = view.select(least)
                .from(PROJECTION)
                .where(PROJECTION.LANE.eq((short) lane))
                .fetchOne(least);
        return reached == null ? 0 : reached;
    }

    /**
     * Moves a read model from a position that the caller has seen, and holds its row until the transaction ends.
     *
     * @return its generation; empty when it stands elsewhere by now: somebody else has applied something
     */
    static OptionalLong move(DSLContext view, String name, int lane, Place from, Place to) {
        return view
                .update(PROJECTION)
                .set(PROJECTION.POSITION, to.position())
                .set(PROJECTION.KAFKA_OFFSET, to.offset())
                .set(PROJECTION.UPDATED_AT, DSL.currentOffsetDateTime())
                .where(PROJECTION.NAME.eq(name))
                .and(PROJECTION.LANE.eq((short) lane))
                .and(PROJECTION.POSITION.eq(from.position()))
                .and(PROJECTION.KAFKA_OFFSET.eq(from.offset()))
                .returning(PROJECTION.GENERATION)
                .fetch(PROJECTION.GENERATION)
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }
}
