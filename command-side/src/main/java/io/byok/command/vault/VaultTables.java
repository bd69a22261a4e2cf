package io.byok.command.vault;

import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.platform.seal.DataKeyKind;
import io.byok.platform.seal.DataKeyRef;
import io.byok.platform.seal.SealBroken;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Schema {@code vault}, statement by statement, in the transaction of the connection given. */
final class VaultTables {

    /** A stored version with the data key that opens it. */
    record Stored(WrappedCredentialKey key, List<String> fields, List<byte[]> sealed) {}

    private static final String INSERT_KEY =
            "insert into vault.credential_key (key, data_key, version, tenant, wrapped) values (?, ?, ?, ?, ?)";
    private static final String INSERT =
            "insert into vault.credential (key, version, tenant, subject, fields, sealed) values (?, ?, ?, ?, ?, ?)";
    private static final String KEY = "select data_key, version, wrapped from vault.credential_key"
            + " where key = ? and tenant = ? order by version desc limit 1";
    private static final String STORED = "select k.data_key, k.version, k.wrapped, c.fields, c.sealed"
            + " from vault.credential c join vault.credential_key k on k.key = c.key and k.tenant = c.tenant"
            + " where c.key = ? and c.version = ? and c.tenant = ? and c.subject = ?"
            + " order by k.version desc limit 1";
    private static final String DELETE = "delete from vault.credential where key = ? and version = ?";
    private static final String DELETE_ALL = "delete from vault.credential where key = any(?)";
    private static final String DELETE_KEY = "delete from vault.credential_key where key = any(?)";
    private static final String KEYS = "select data_key, version, wrapped, key from vault.credential_key"
            + " where tenant = ? and key = any(?) order by key, version for update";
    private static final String COUNT = "select count(*) from vault.credential where key = any(?)";

    private VaultTables() {}

    static void insert(Connection connection, List<SealedCredential> credentials) throws SQLException {
        try (PreparedStatement keys = connection.prepareStatement(INSERT_KEY);
                PreparedStatement rows = connection.prepareStatement(INSERT)) {
            for (SealedCredential credential : credentials) {
                WrappedCredentialKey key = credential.newKey();
                if (key != null) {
                    bind(keys, credential.key(), key);
                    keys.addBatch();
                }
                bind(connection, rows, credential);
                rows.addBatch();
            }
            keys.executeBatch();
            rows.executeBatch();
        }
    }

    private static void bind(PreparedStatement insert, KeyId key, WrappedCredentialKey dataKey) throws SQLException {
        insert.setObject(1, key.value());
        insert.setObject(2, dataKey.ref().id());
        insert.setInt(3, dataKey.ref().version());
        insert.setObject(4, dataKey.ref().tenant().value());
        insert.setBytes(5, dataKey.wrapped());
    }

    private static void bind(Connection connection, PreparedStatement insert, SealedCredential row)
            throws SQLException {
        insert.setObject(1, row.key().value());
        insert.setInt(2, row.version());
        insert.setObject(3, row.tenant().value());
        insert.setObject(4, row.subject().value());
        insert.setArray(5, connection.createArrayOf("text", row.fields().toArray()));
        insert.setArray(6, connection.createArrayOf("bytea", row.sealed().toArray(byte[][]::new)));
    }

    static Optional<WrappedCredentialKey> key(Connection connection, TenantId tenant, KeyId key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(KEY)) {
            select.setObject(1, key.value());
            select.setObject(2, tenant.value());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(key(rows, tenant, key)) : Optional.empty();
            }
        }
    }

    static Optional<Stored> find(Connection connection, TenantId tenant, SubjectId subject, KeyId key, int version)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(STORED)) {
            select.setObject(1, key.value());
            select.setInt(2, version);
            select.setObject(3, tenant.value());
            select.setObject(4, subject.value());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Stored(
                                key(rows, tenant, key),
                                whole((String[]) rows.getArray(4).getArray()),
                                whole((byte[][]) rows.getArray(5).getArray())))
                        : Optional.empty();
            }
        }
    }

    private static WrappedCredentialKey key(ResultSet rows, TenantId tenant, KeyId key) throws SQLException {
        UUID id = rows.getObject(1, UUID.class);
        DataKeyRef ref = new DataKeyRef(tenant, DataKeyKind.CREDENTIAL, key.value(), id, rows.getInt(2));
        return new WrappedCredentialKey(ref, rows.getBytes(3));
    }

    static void delete(Connection connection, KeyId key, int version) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setObject(1, key.value());
            delete.setInt(2, version);
            delete.executeUpdate();
        }
    }

    static List<WrappedCredentialKey> keys(Connection connection, TenantId tenant, Collection<KeyId> keys)
            throws SQLException {
        List<WrappedCredentialKey> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(KEYS)) {
            select.setObject(1, tenant.value());
            select.setArray(2, uuids(connection, keys.stream().map(KeyId::value).toList()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(key(rows, tenant, new KeyId(rows.getObject(4, UUID.class))));
                }
            }
        }
        return found;
    }

    static int count(Connection connection, List<UUID> keys) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(COUNT)) {
            select.setArray(1, uuids(connection, keys));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    static void deleteAll(Connection connection, List<UUID> keys) throws SQLException {
        // The key first, as everywhere: who locks a key and its credentials in one order never waits in a circle.
        for (String sql : List.of(DELETE_KEY, DELETE_ALL)) {
            try (PreparedStatement delete = connection.prepareStatement(sql)) {
                delete.setArray(1, uuids(connection, keys));
                delete.executeUpdate();
            }
        }
    }

    private static Array uuids(Connection connection, List<UUID> values) throws SQLException {
        return connection.createArrayOf("uuid", values.toArray());
    }

    /** A null in an array was put there by hand: like every other change of a row it does not open. */
    static <T> List<T> whole(@Nullable T[] array) {
        List<T> parts = new ArrayList<>();
        for (T part : array) {
            if (part == null) {
                throw new SealBroken();
            }
            parts.add(part);
        }
        return parts;
    }
}
