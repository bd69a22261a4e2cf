package io.byok.query.feed;

import java.lang.reflect.Array;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Many rows in one statement whose text does not depend on how many, so PostgreSQL plans it once and no limit on binds is
 * met. A few go as one array bind per column, which costs no round trip more; many are copied into a temporary table
 * first.
 */
public final class Rows {

    /** From here on three more round trips cost less than arrays as text do. */
    private static final int MANY = 200;

    private Rows() {}

    /**
     * The rows as the source of an {@code insert ... select}, with the table's columns in its order.
     *
     * @param view the transaction of that statement, which is executed before this is called for the table again
     */
    public static <R extends Record> Select<Record> of(DSLContext view, Table<R> table, Collection<R> rows) {
        Field<?>[] columns = table.fields();
        Name alias = DSL.name("rows");
        Table<?> source = rows.size() < MANY
                ? arrays(columns, rows).as(alias, names(columns))
                : CopyRows.staged(view, table, rows).as(alias);
        return DSL.select(Arrays.stream(columns)
                        .map(column -> DSL.field(DSL.name("rows", column.getName()), column.getDataType()))
                        .toArray(Field[]::new))
                .from(source);
    }

    private static Name[] names(Field<?>[] columns) {
        return Arrays.stream(columns).map(Field::getUnqualifiedName).toArray(Name[]::new);
    }

    private static Table<?> arrays(Field<?>[] columns, Collection<? extends Record> rows) {
        Field<?>[] arrays = IntStream.range(0, columns.length)
                .mapToObj(i -> array(columns[i], i, rows))
                .toArray(Field[]::new);
        String places =
                IntStream.range(0, arrays.length).mapToObj(i -> "{" + i + "}").collect(Collectors.joining(", "));
        return DSL.table("unnest(" + places + ")", (Object[]) arrays);
    }

    // By number: to look a column up by its name costs more than all the rest.
    private static <T> Field<?> array(Field<T> column, int number, Collection<? extends Record> rows) {
        @SuppressWarnings("unchecked") // an array of the column's own type
        @Nullable
        T[] values = (@Nullable T[]) Array.newInstance(column.getType(), rows.size());
        int i = 0;
        for (Record row : rows) {
            @SuppressWarnings("unchecked") // rows of the table, with its columns in their order
            @Nullable
            T value = (T) row.get(number);
            values[i++] = value;
        }
        return values instanceof byte[][] bytes
                ? ByteaArrays.of(bytes)
                : DSL.val(values, column.getDataType().getArrayDataType());
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
