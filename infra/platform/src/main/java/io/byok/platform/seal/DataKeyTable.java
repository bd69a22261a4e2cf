package io.byok.platform.seal;

import io.byok.kernel.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** {@code keyring.data_key}: wrapped L2 keys of the events chain. Each statement is a transaction of its own. */
final class DataKeyTable {

    /** A row. */
    record Row(DataKeyRef ref, byte[] wrapped) {}

    private static final String COLUMNS = "tenant, kind, owner, data_key, version, wrapped";

    private static final String NEWEST = "select " + COLUMNS
            + " from keyring.data_key where tenant = ? and kind = ? and owner = ? order by version desc limit 1";
    private static final String NAMED =
            "select " + COLUMNS + " from keyring.data_key where data_key = ? and version = ?";
    private static final String INSERT = "insert into keyring.data_key (" + COLUMNS
            + ") values (?, ?, ?, ?, ?, ?) on conflict (tenant, kind, owner, version) do nothing";

    private final DataSource database;

    DataKeyTable(DataSource database) {
        this.database = database;
    }

    Optional<Row> newest(TenantId tenant, DataKeyKind kind, UUID owner) {
        return select(NEWEST, tenant.value(), (short) kind.code(), owner);
    }

    Optional<Row> find(UUID id, int version) {
        return select(NAMED, id, version);
    }

    /** Does nothing when another node was first. */
    void insert(MintedKey minted) {
        DataKeyRef ref = minted.ref();
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, ref.tenant().value());
            insert.setShort(2, (short) ref.kind().code());
            insert.setObject(3, ref.owner());
            insert.setObject(4, ref.id());
            insert.setInt(5, ref.version());
            insert.setBytes(6, minted.wrapped());
            insert.executeUpdate();
        } catch (SQLException away) {
            throw new KeysUnavailable("the keyring's tables do not answer", away);
        }
    }

    private Optional<Row> select(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(row(rows)) : Optional.empty();
            }
        } catch (SQLException away) {
            throw new KeysUnavailable("the keyring's tables do not answer", away);
        }
    }

    private static Row row(ResultSet rows) throws SQLException {
        return new Row(
                new DataKeyRef(
                        new TenantId(rows.getObject(1, UUID.class)),
                        DataKeyKind.of(rows.getInt(2)),
                        rows.getObject(3, UUID.class),
                        rows.getObject(4, UUID.class),
                        rows.getInt(5)),
                rows.getBytes(6));
    }
}
