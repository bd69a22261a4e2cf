package io.byok.query.feed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows by binary COPY, which costs PostgreSQL a third of an insert and us none of the text that arrays of binds are made of.
 * It refuses that for tables behind a row-level wall, as the live ones are, and knows no conflicts: there the rows go
 * through a temporary table of the connection.
 */
public final class CopyRows {

    private static final int FLUSH = 1 << 16;

    private CopyRows() {}

    /**
     * Adds these rows, with the table's columns in its order, to a table to which rows are only ever added.
     *
     * @param view a transaction; its schema may be a shadow of {@code view}
     * @throws org.jooq.exception.DataAccessException for a row that PostgreSQL refuses
     */
    public static <R extends Record> void into(DSLContext view, Table<R> table, Collection<R> rows) {
        if (rows.isEmpty()) {
            return;
        }
        if (isWalled(view, table)) {
            view.insertInto(table)
                    .columns(table.fields())
                    .select(Rows.of(view, table, rows))
                    .execute();
            return;
        }
        copy(view, table, table.fields(), rows);
    }

    /**
     * These rows, and no others, in a temporary table. It is empty again when the transaction ends, and its connection's
     * own; its columns are the table's.
     *
     * @param view a transaction
     */
    static <R extends Record> Table<?> staged(DSLContext view, Table<R> table, Collection<R> rows) {
        Table<?> stage = stageOf(table);
        view.execute("create temporary table if not exists {0} (like {1}) on commit delete rows", stage, table);
        view.deleteFrom(stage).execute(); // of an earlier batch of this transaction
        copy(view, stage, table.fields(), rows);
        return stage;
    }

    private static Table<?> stageOf(Table<?> table) {
        return DSL.table(DSL.name("pg_temp", "rows_of_" + table.getName()));
    }

    private static void copy(DSLContext view, Table<?> into, Field<?>[] columns, Collection<? extends Record> rows) {
        String names = Arrays.stream(columns)
                .map(column -> view.render(DSL.name(column.getName())))
                .collect(Collectors.joining(", "));
        String command = "copy " + view.render(into) + " (" + names + ") from stdin (format binary)";
        view.connection(connection -> copy(connection, command, columns, rows));
    }

    private static boolean isWalled(DSLContext view, Table<?> table) {
        return view.select(DSL.field("row_security_active({0})", Boolean.class, DSL.inline(view.render(table))))
                .fetchSingle()
                .value1();
    }

    private static void copy(
            Connection connection, String command, Field<?>[] columns, Collection<? extends Record> rows)
            throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(command);
        try {
            CopyBytes bytes = new CopyBytes();
            bytes.begin();
            for (Record row : rows) {
                bytes.columns(columns.length);
                for (int i = 0; i < columns.length; i++) {
                    bytes.value(row.get(i));
                }
                if (bytes.size() >= FLUSH) {
                    bytes.sendTo(copy);
                }
            }
            bytes.end();
            bytes.sendTo(copy);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
