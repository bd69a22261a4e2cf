package io.byok.query.replay;

import static io.byok.query.jooq.Tables.PARKED;

import io.byok.query.feed.Projector;
import io.byok.query.jooq.tables.records.ParkedRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** What a generation could not take, beside what the live one could not. */
final class ShadowParking {

    private static final int MOST_UNREADABLE = 50;

    private ShadowParking() {}

    /** Lets the generation skip what the live one's operator has given up, or the two could never be equal. */
    static void leaveOutWhatWasDiscarded(DSLContext live, DSLContext mapped) {
        mapped.deleteFrom(PARKED).where(PARKED.DISCARDED_AT.isNotNull()).execute();
        for (ParkedRecord given : live.selectFrom(PARKED)
                .where(PARKED.DISCARDED_AT.isNotNull())
                .and(PARKED.POSITION.isNotNull())
                .fetch()) {
            mapped.insertInto(PARKED).set(given.copy()).execute();
        }
    }

    /** Events that the generation could not read and the live one could: they were changed since. */
    static List<Difference> unreadable(DSLContext live, DSLContext mapped) {
        return mapped
                .select(PARKED.PROJECTION, PARKED.TENANT, PARKED.POSITION, PARKED.REASON)
                .from(PARKED)
                .where(PARKED.TENANT.isNotNull())
                .orderBy(PARKED.POSITION)
                .limit(MOST_UNREADABLE)
                .fetch()
                .stream()
                .filter(row -> !live.fetchExists(
                        PARKED, PARKED.PROJECTION.eq(row.value1()).and(PARKED.POSITION.eq(row.value3()))))
                .map(row -> new Difference(
                        "event",
                        "unreadable",
                        row.value2(),
                        Map.of("position", Long.toString(row.value3()), "reason", row.value4())))
                .toList();
    }

    /**
     * Puts what the generation has parked of a read model in the place of what the live one had; what was given up stays.
     *
     * @param parked the generation's table
     */
    static void replaceLive(DSLContext transaction, Projector projector, Table<?> parked) {
        transaction
                .deleteFrom(PARKED)
                .where(PARKED.PROJECTION.eq(projector.name()))
                .and(PARKED.DISCARDED_AT.isNull())
                .execute();
        Field<?>[] columns = Arrays.stream(PARKED.fields())
                .filter(column -> !column.equals(PARKED.ID))
                .toArray(Field[]::new);
        transaction
                .insertInto(PARKED)
                .columns(columns)
                .select(DSL.select(Arrays.stream(columns)
                                .map(column -> DSL.field(DSL.name(column.getName()), column.getDataType()))
                                .toArray(Field[]::new))
                        .from(parked)
                        .where(DSL.field(DSL.name(PARKED.PROJECTION.getName()), String.class)
                                .eq(projector.name()))
                        .and(DSL.field(DSL.name(PARKED.DISCARDED_AT.getName())).isNull()))
                .execute();
    }
}
