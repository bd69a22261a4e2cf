package io.byok.query.feed;

import java.lang.reflect.Array;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Many rows in one statement whose text does not depend on how many: one array bind per column, so PostgreSQL plans it
 * once and no limit on binds is met.
 */
public final class Rows {

    private Rows() {}

    /** The rows as the source of an {@code insert ... select}, with the table's columns in its order. */
    public static <R extends Record> Select<Record> of(Table<R> table, Collection<R> rows) {
        Field<?>[] columns = table.fields();
        Field<?>[] arrays =
                Arrays.stream(columns).map(column -> array(column, rows)).toArray(Field[]::new);
        String places =
                IntStream.range(0, arrays.length).mapToObj(i -> "{" + i + "}").collect(Collectors.joining(", "));
        Name[] names = Arrays.stream(columns).map(Field::getUnqualifiedName).toArray(Name[]::new);
        Table<?> source = DSL.table("unnest(" + places + ")", (Object[]) arrays).as(DSL.name("rows"), names);
        return DSL.select(Arrays.stream(columns)
                        .map(column -> DSL.field(DSL.name("rows", column.getName()), column.getDataType()))
                        .toArray(Field[]::new))
                .from(source);
    }

    private static <T> Field<T[]> array(Field<T> column, Collection<? extends Record> rows) {
        @SuppressWarnings("unchecked") // an array of the column's own type
        T[] values = (T[]) Array.newInstance(column.getType(), rows.size());
        int i = 0;
        for (Record row : rows) {
            values[i++] = row.get(column);
        }
        return DSL.val(values, column.getDataType().getArrayDataType());
    }

    /** As the columns hold it. */
    public static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    /** As the columns hold it, when there is one. */
    public static @Nullable OffsetDateTime utcOrNull(@Nullable Instant at) {
        return at == null ? null : utc(at);
    }
}
