package io.byok.command.head;

import io.byok.command.store.Look;
import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What decides whether a key may be used, as it stands under the append lock. Plain JDBC: this is read for every use, in
 * the round trip that all writers wait for.
 */
public record HeldKey(
        KeyId key,
        TenantId tenant,
        SubjectId subject,
        KeyHead.Status status,
        int version,
        @Nullable Instant expiresAt,
        KeyHead.@Nullable Previous previous) {

    private static final String SQL = """
            select key, tenant, subject, status, version, expires_at, previous_version, previous_until
              from head.key_head where key = any (?)""";

    /** @param found is told those that are there */
    public static Look look(Collection<KeyId> keys, Map<KeyId, HeldKey> found) {
        List<UUID> asked = keys.stream().map(KeyId::value).toList();
        return new Look() {
            @Override
            public String sql() {
                return SQL;
            }

            @Override
            public Collection<UUID> asked() {
                return asked;
            }

            @Override
            public void read(ResultSet rows) throws SQLException {
                while (rows.next()) {
                    HeldKey held = held(rows);
                    found.put(held.key(), held);
                }
            }
        };
    }

    private static HeldKey held(ResultSet row) throws SQLException {
        Instant until = instant(row, 8);
        return new HeldKey(
                new KeyId(row.getObject(1, UUID.class)),
                new TenantId(row.getObject(2, UUID.class)),
                new SubjectId(row.getObject(3, UUID.class)),
                KeyHead.Status.of(row.getShort(4)),
                row.getInt(5),
                instant(row, 6),
                until == null ? null : new KeyHead.Previous(row.getInt(7), until));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
