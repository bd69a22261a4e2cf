package io.byok.query.replay;

import io.byok.query.jooq.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * A row in which a read model and its replay differ.
 *
 * @param kind {@code missing} when only the replay has it, {@code extra} when only the live one has it, {@code different}
 * @param tenant whose row it is; nobody else is told of it
 * @param key its primary key
 */
record Difference(String table, String kind, UUID tenant, Map<String, String> key) {

    private static final int MOST = 50;
    private static final String LIVE = "live_row";
    private static final String REPLAYED = "replayed_row";

    /** The first differences in the order of the primary key. @param transaction where neither of the two moves */
    static List<Difference> between(DSLContext transaction, Shadow shadow, Table<?> table) {
        Table<?> live =
                DSL.table(DSL.name(View.VIEW.getName(), table.getName())).as(LIVE);
        Table<?> replayed = shadow.name(table).as(REPLAYED);
        List<? extends Field<?>> key = Digests.keyOf(table);
        Condition same = DSL.and(key.stream()
                .map(column -> DSL.condition("{0} = {1}", of(LIVE, column), of(REPLAYED, column)))
                .toList());
        List<Field<?>> shown = new ArrayList<>();
        Field<String> kind = DSL.when(of(LIVE, key.getFirst()).isNull(), "missing")
                .when(of(REPLAYED, key.getFirst()).isNull(), "extra")
                .otherwise("different")
                .as("kind");
        Field<UUID> tenant = DSL.coalesce(
                        DSL.field(DSL.name(LIVE, "tenant"), UUID.class),
                        DSL.field(DSL.name(REPLAYED, "tenant"), UUID.class))
                .as("owner");
        shown.add(kind);
        shown.add(tenant);
        List<Field<?>> order = new ArrayList<>();
        for (Field<?> column : key) {
            Field<?> either = DSL.field("coalesce({0}, {1})", of(LIVE, column), of(REPLAYED, column));
            order.add(either);
            shown.add(DSL.field("{0}::text", String.class, either).as("key_" + column.getName()));
        }
        return transaction
                .select(shown)
                .from(live)
                .fullJoin(replayed)
                .on(same)
                .where(DSL.condition("{0}::text is distinct from {1}::text", DSL.name(LIVE), DSL.name(REPLAYED)))
                .orderBy(order)
                .limit(MOST)
                .fetch(row -> new Difference(table.getName(), row.get(kind), row.get(tenant), key(row, key)));
    }

    private static Field<Object> of(String side, Field<?> column) {
        return DSL.field(DSL.name(side, column.getName()));
    }

    private static Map<String, String> key(Record row, List<? extends Field<?>> columns) {
        Map<String, String> key = new LinkedHashMap<>();
        columns.forEach(column -> key.put(column.getName(), row.get("key_" + column.getName(), String.class)));
        return key;
    }
}
