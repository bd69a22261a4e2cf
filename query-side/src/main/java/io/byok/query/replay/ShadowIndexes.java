package io.byok.query.replay;

import io.byok.query.feed.Projector;
import io.byok.query.jooq.View;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The indexes of a generation, made when its tables are full: sorting once costs less than looking for the place of every
 * row. The live tables say which ones there are; each is made once, so that whoever goes on after an interruption may ask
 * for all of them again.
 */
final class ShadowIndexes {

    private static final String SUBJECT = "subject";
    private static final Field<String> NAME = DSL.field(DSL.name("index", "relname"), String.class);
    private static final Field<String> HOW =
            DSL.field("pg_get_indexdef({0})", String.class, DSL.field(DSL.name("index", "oid")));
    private static final Field<Boolean> PRIMARY = DSL.field(DSL.name("i", "indisprimary"), SQLDataType.BOOLEAN);

    private final DSLContext live;
    private final String schema;

    ShadowIndexes(DSLContext live, String schema) {
        this.live = live;
        this.schema = schema;
    }

    private record Index(String name, String how, boolean primary) {

        /** PostgreSQL's own words for what a migration of ours has made: how, and by which columns. */
        String columns() {
            return how.substring(how.indexOf(" USING "));
        }

        boolean unique() {
            return how.startsWith("CREATE UNIQUE ");
        }

        boolean isOf(String column) {
            return columns().contains(column + ",") || columns().contains(column + ")");
        }
    }

    /** Whether a table's rows can be found by key: until then it is only added to. */
    boolean hasKey(Table<?> table) {
        return of(live, schema, table).stream().anyMatch(Index::primary);
    }

    /** The primary keys. */
    void keys(DSLContext inside, List<Table<?>> tables) {
        tables.forEach(table -> make(
                inside,
                table,
                of(inside, View.VIEW.getName(), table).stream()
                        .filter(Index::primary)
                        .toList()));
    }

    /** By what rows are looked for besides their key. */
    enum Look {
        SUBJECT,
        ANY
    }

    /** Those that serve such looks. */
    void of(Look look, DSLContext inside, List<Table<?>> tables) {
        tables.forEach(table -> make(
                inside,
                table,
                of(inside, View.VIEW.getName(), table).stream()
                        .filter(index -> !index.primary() && (look == Look.ANY || index.isOf(SUBJECT)))
                        .toList()));
    }

    private void make(DSLContext inside, Table<?> table, List<Index> wanted) {
        Set<String> there = of(inside, schema, table).stream().map(Index::name).collect(Collectors.toSet());
        inside.execute("set local maintenance_work_mem = '128MB'");
        for (Index index : wanted) {
            if (there.contains(index.name())) {
                continue;
            }
            inside.execute(
                    "create {0} index {1} on {2} {3}",
                    index.unique() ? DSL.keyword("unique") : DSL.raw(""),
                    DSL.name(index.name()),
                    DSL.name(schema, table.getName()),
                    DSL.raw(index.columns()));
            if (index.primary()) {
                inside.execute(
                        "alter table {0} add constraint {1} primary key using index {1}",
                        DSL.name(schema, table.getName()), DSL.name(index.name()));
            }
        }
    }

    // Asked where the indexes are made: another connection would wait for the tables until that transaction has ended.
    private static List<Index> of(DSLContext view, String in, Table<?> table) {
        return view.select(NAME, HOW, PRIMARY)
                .from("pg_index i join pg_class index on index.oid = i.indexrelid join pg_class t on t.oid = i.indrelid"
                        + " join pg_namespace n on n.oid = t.relnamespace")
                .where("n.nspname = {0} and t.relname = {1}", DSL.val(in), DSL.val(table.getName()))
                .orderBy(PRIMARY.desc(), NAME)
                .fetch(row -> new Index(row.value1(), row.value2(), row.value3()));
    }

    static List<Table<?>> others(Projector projector) {
        return projector.tables().stream()
                .filter(table -> !projector.appended().contains(table))
                .toList();
    }
}
