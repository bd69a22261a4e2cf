package io.byok.command.store;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * Arrays of UUIDs in PostgreSQL's binary form ({@code array_recv}, {@code uuid_recv}). The driver would send 36 characters
 * for each, which both sides spent an eighth of an append on.
 */
final class UuidArrays {

    private static final int HEADER = 5 * Integer.BYTES;
    private static final int UUID_BYTES = 2 * Long.BYTES;
    private static final int NULL = -1;

    private UuidArrays() {}

    /** @param connection of PostgreSQL's driver; @param values single ones may be null */
    static Array of(Connection connection, List<? extends @Nullable UUID> values) throws SQLException {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + values.size() * (Integer.BYTES + UUID_BYTES));
        bytes.putInt(values.isEmpty() ? 0 : 1); // dimensions
        bytes.putInt(values.stream().anyMatch(Objects::isNull) ? 1 : 0);
        bytes.putInt(Oid.UUID);
        if (!values.isEmpty()) {
            bytes.putInt(values.size()).putInt(1); // subscripts begin at 1
        }
        for (UUID value : values) {
            if (value == null) {
                bytes.putInt(NULL);
            } else {
                bytes.putInt(UUID_BYTES);
                bytes.putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
            }
        }
        byte[] sent = new byte[bytes.position()];
        bytes.flip().get(sent);
        return new PgArray(connection.unwrap(BaseConnection.class), Oid.UUID_ARRAY, sent);
    }
}
