package io.byok.platform.seal;

import io.byok.kernel.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** {@code keyring.tenant_kek}: wrapped L1 keys. Each statement is a transaction of its own. */
final class TenantKekTable {

    /** A row. */
    record Row(TenantId tenant, KeyChain chain, UUID kek, int version, UUID root, WrappedKek wrapped) {

        TenantKeks.Name name() {
            return new TenantKeks.Name(tenant, chain, kek, version);
        }
    }

    private static final String COLUMNS = "tenant, chain, kek, version, root, root_version, wrapped";

    private static final String NEWEST = "select " + COLUMNS
            + " from keyring.tenant_kek where tenant = ? and chain = ? order by version desc limit 1";
    private static final String NAMED =
            "select " + COLUMNS + " from keyring.tenant_kek where kek = ? and version = ? and tenant = ? and chain = ?";
    private static final String ANY =
            "select " + COLUMNS + " from keyring.tenant_kek where chain = ? order by created_at desc limit 1";
    private static final String INSERT = "insert into keyring.tenant_kek (" + COLUMNS
            + ") values (?, ?, ?, ?, ?, ?, ?) on conflict (tenant, chain, version) do nothing";

    private final DataSource database;

    TenantKekTable(DataSource database) {
        this.database = database;
    }

    Optional<Row> newest(TenantId tenant, KeyChain chain) {
        return select(NEWEST, tenant.value(), (short) chain.code());
    }

    /** By everything in the name: a row that was moved to another tenant or chain is not found. */
    Optional<Row> find(TenantKeks.Name name) {
        return select(NAMED, name.kek(), name.version(), name.tenant().value(), (short)
                name.chain().code());
    }

    /** Some row of the chain, the newest. */
    Optional<Row> any(KeyChain chain) {
        return select(ANY, (short) chain.code());
    }

    /** Does nothing when another node was first. */
    void insert(Row row) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, row.tenant().value());
            insert.setShort(2, (short) row.chain().code());
            insert.setObject(3, row.kek());
            insert.setInt(4, row.version());
            insert.setObject(5, row.root());
            insert.setInt(6, row.wrapped().rootVersion());
            insert.setBytes(7, row.wrapped().bytes());
            insert.executeUpdate();
        } catch (SQLException away) {
            throw new KeysUnavailable("the keyring's tables do not answer", away);
        }
    }

    private Optional<Row> select(String sql, @Nullable Object... values) {
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
                new TenantId(rows.getObject(1, UUID.class)),
                KeyChain.of(rows.getInt(2)),
                rows.getObject(3, UUID.class),
                rows.getInt(4),
                rows.getObject(5, UUID.class),
                new WrappedKek(rows.getInt(6), rows.getBytes(7)));
    }
}
