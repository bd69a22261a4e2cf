package io.byok.query.replay;

import static io.byok.query.jooq.Sequences.GENERATION;
import static io.byok.query.jooq.Tables.PARKED;
import static io.byok.query.jooq.Tables.PROJECTION;

import io.byok.query.feed.Places;
import io.byok.query.feed.Projection;
import io.byok.query.feed.Projector;
import io.byok.query.jooq.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.QueryPart;
import org.jooq.Table;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.SettingsTools;
import org.jooq.impl.DSL;

/**
 * A generation of read models beside the live one: the same tables in a schema of its own, written by the same
 * projectors, which cannot tell the difference.
 */
final class Shadow {

    private static final int LANE = 0;

    private final DSLContext live;
    private final DSLContext mapped;
    private final long generation;
    private final ShadowIndexes indexes;

    private Shadow(DSLContext live, long generation) {
        this.live = live;
        this.indexes = new ShadowIndexes(live, schema(generation));
        this.generation = generation;
        this.mapped = DSL.using(live.configuration()
                .derive(SettingsTools.clone(live.settings())
                        .withRenderMapping(new RenderMapping()
                                .withSchemata(new MappedSchema()
                                        .withInput(View.VIEW.getName())
                                        .withOutput(schema(generation))))));
    }

    static long nextGeneration(DSLContext live) {
        return live.nextval(GENERATION);
    }

    static String schema(long generation) {
        return "view_" + generation;
    }

    /** A generation that was begun, if all its tables are there and look like the live ones; otherwise a new one. */
    static Shadow goOn(DSLContext live, long generation, List<Projector> projectors, ReplayMode mode) {
        Shadow shadow = new Shadow(live, generation);
        if (shadow.tables(projectors).stream().allMatch(shadow::isLikeLive) && shadow.knowsItsPlace(projectors)) {
            ShadowParking.leaveOutWhatWasDiscarded(live, shadow.mapped);
            return shadow;
        }
        drop(live, generation);
        return create(live, generation, projectors, mode);
    }

    /** What is not logged is empty after a crash of PostgreSQL, all of it. */
    private boolean knowsItsPlace(List<Projector> projectors) {
        return Places.read(mapped, LANE)
                .keySet()
                .containsAll(projectors.stream().map(Projector::name).toList());
    }

    private List<Table<?>> tables(List<Projector> projectors) {
        List<Table<?>> tables = new ArrayList<>(List.of(PROJECTION, PARKED));
        projectors.forEach(projector -> tables.addAll(projector.tables()));
        return tables;
    }

    /** A migration since would have changed the live table only. */
    private boolean isLikeLive(Table<?> table) {
        String own = shape(schema(generation), table);
        return !own.isEmpty() && own.equals(shape(View.VIEW.getName(), table));
    }

    private String shape(String schema, Table<?> table) {
        return live
                .select(DSL.field(DSL.name("column_name"), String.class), DSL.field(DSL.name("udt_name"), String.class))
                .from(DSL.table(DSL.name("information_schema", "columns")))
                .where(DSL.field(DSL.name("table_schema"), String.class).eq(schema))
                .and(DSL.field(DSL.name("table_name"), String.class).eq(table.getName()))
                .orderBy(DSL.field(DSL.name("ordinal_position")))
                .fetch(row -> row.value1() + " " + row.value2())
                .stream()
                .collect(Collectors.joining(","));
    }

    /**
     * Makes the tables of these projectors, empty and as yet without most of their indexes.
     *
     * @param mode what is only to be compared need not outlive a crash of PostgreSQL, and is not logged
     */
    static Shadow create(DSLContext live, long generation, List<Projector> projectors, ReplayMode mode) {
        Shadow shadow = new Shadow(live, generation);
        List<Table<?>> tables = shadow.tables(projectors);
        live.transaction(transaction -> {
            DSLContext inside = transaction.dsl();
            inside.createSchema(schema(generation)).execute();
            QueryPart kept = mode == ReplayMode.REBUILD ? DSL.raw("") : DSL.keyword("unlogged");
            for (Table<?> table : tables) {
                boolean ours = table.equals(PROJECTION) || table.equals(PARKED);
                QueryPart indexes = ours ? DSL.keyword("including indexes") : DSL.keyword("excluding indexes");
                inside.execute(
                        "create {0} table {1} (like {2} including all {3})", kept, shadow.name(table), table, indexes);
            }
        });
        for (Projector projector : projectors) {
            live.transaction(inside -> shadow.indexes.keys(inside.dsl(), ShadowIndexes.others(projector)));
            shadow.mapped
                    .insertInto(PROJECTION)
                    .columns(
                            PROJECTION.NAME,
                            PROJECTION.LANE,
                            PROJECTION.GENERATION,
                            PROJECTION.POSITION,
                            PROJECTION.KAFKA_OFFSET)
                    .values(projector.name(), (short) LANE, generation, 0L, 0L)
                    .execute();
        }
        ShadowParking.leaveOutWhatWasDiscarded(live, shadow.mapped);
        return shadow;
    }

    /** Drops a generation and everything in it; nothing happens when there is none. */
    static void drop(DSLContext live, long generation) {
        live.dropSchemaIfExists(DSL.name(schema(generation))).cascade().execute();
    }

    /** Statements against the generated tables go to this generation. */
    DSLContext dsl() {
        return mapped;
    }

    /** Keeps one read model of this generation, from where it stands. */
    Projection projection(Projector projector) {
        Projection projection =
                new Projection(mapped, projector, LANE, Places.of(Places.read(mapped, LANE), projector));
        if (!projector.appended().stream().allMatch(indexes::hasKey)) {
            projection.load();
        }
        return projection;
    }

    /** Prepares a read model for what is about to look into tables that are only added to otherwise. */
    void expect(Projector projector, ShadowIndexes.Look look) {
        live.transaction(inside -> indexes.of(look, inside.dsl(), List.copyOf(projector.tables())));
    }

    /** Ends the loading of a read model. @param toServe also with what only readers need */
    void settle(Projection projection, boolean toServe) {
        Projector projector = projection.projector();
        mapped.transaction(transaction -> {
            DSLContext inside = transaction.dsl();
            projection.settle(inside);
            indexes.keys(inside, List.copyOf(projector.appended()));
            // "Like" copies no policies; the wall stands before a table can take the live one's place. It comes last,
            // as
            // PostgreSQL refuses COPY behind it, and no request has a right to the schema before.
            projector
                    .tables()
                    .forEach(table -> inside.execute(
                            "select view.wall_tenant({0}::regclass)",
                            DSL.inline(name(table).toString())));
            if (toServe) {
                indexes.of(ShadowIndexes.Look.ANY, inside, projector.tables());
            }
        });
        // Plans are made by what is known of a table, and nothing is known of a new one.
        projector.tables().forEach(table -> live.execute("analyze {0}", name(table)));
    }

    /** Events that this generation could not read and the live one could: they were changed since. */
    List<Difference> unreadable() {
        return ShadowParking.unreadable(live, mapped);
    }

    /** A table of this generation by its full name, for statements that speak of both. */
    Table<?> name(Table<?> table) {
        return DSL.table(DSL.name(schema(generation), table.getName()));
    }

    /**
     * Puts this generation in the place of the live one. The caller holds the read model's row, and both stand at the same
     * position, so the feed goes on behind it without noticing.
     */
    void replaceLive(DSLContext transaction, Projector projector) {
        Name retired = DSL.name(schema(generation) + "_old");
        transaction.execute("create schema if not exists {0}", retired);
        for (Table<?> table : projector.tables()) {
            transaction.execute("alter table {0} set schema {1}", table, retired);
            transaction.execute("alter table {0} set schema {1}", name(table), DSL.name(View.VIEW.getName()));
        }
        transaction
                .update(PROJECTION)
                .set(PROJECTION.GENERATION, generation)
                .where(PROJECTION.NAME.eq(projector.name()))
                .execute();
        ShadowParking.replaceLive(transaction, projector, name(PARKED));
        transaction.execute("drop schema {0} cascade", retired);
    }
}
