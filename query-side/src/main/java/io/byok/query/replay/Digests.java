package io.byok.query.replay;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Table;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;

/**
 * SHA-256 over the rows of a table in the order of its primary key, each as PostgreSQL writes it, with its length before
 * it. Two tables of one shape have the same digest if and only if they hold the same rows. Memory stays bounded.
 */
final class Digests {

    private static final int FETCH = 5_000;

    private Digests() {}

    /** By table name. @param transaction a transaction; what it shows is what is digested */
    static Map<String, String> of(DSLContext transaction, List<Table<?>> tables) {
        // How a timestamp is written depends on the session, and must not.
        transaction.execute("set local timezone = 'UTC'");
        transaction.execute("set local datestyle = 'ISO, YMD'");
        Map<String, String> digests = new TreeMap<>();
        for (Table<?> table : tables) {
            digests.put(table.getName(), of(transaction, table));
        }
        return digests;
    }

    private static String of(DSLContext transaction, Table<?> table) {
        MessageDigest sha256 = sha256();
        Table<?> rows = table.as("rows");
        Field<?>[] order = keyOf(table).stream()
                .map(column -> DSL.field(DSL.name("rows", column.getName())))
                .toArray(Field[]::new);
        try (Cursor<Record1<String>> cursor = transaction
                .select(DSL.field("{0}::text", String.class, DSL.name("rows")))
                .from(rows)
                .orderBy(order)
                .fetchSize(FETCH)
                .fetchLazy()) {
            for (Record1<String> row : cursor) {
                byte[] text = row.value1().getBytes(StandardCharsets.UTF_8);
                sha256.update(length(text.length));
                sha256.update(text);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** @throws IllegalStateException for a table without one: a bug of ours */
    static List<? extends Field<?>> keyOf(Table<?> table) {
        UniqueKey<?> key = table.getPrimaryKey();
        if (key == null) {
            throw new IllegalStateException(table.getName() + " has no primary key");
        }
        return key.getFields();
    }

    private static byte[] length(int value) {
        return new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
