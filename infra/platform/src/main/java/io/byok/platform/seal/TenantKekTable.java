package io.byok.platform.seal;

import io.byok.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** {@code keyring.tenant_kek}: wrapped L1 keys. Each statement is a transaction of its own. */
final class TenantKekTable {

    /** A row. */
    record Row(TenantId tenant, KeyChain chain, UUID kek, int version, UUID root, WrappedKek wrapped) {

        TenantKeks.Name name() {
            return new TenantKeks.Name(tenant, chain, kek, version);
        }

        /** Whether both name one version of one root: then no rotation came in between. */
        boolean isWrappedAs(Row other) {
            return root.equals(other.root) && wrapped.rootVersion() == other.wrapped.rootVersion();
        }
    }

    static final String COLUMNS = "tenant, chain, kek, version, root, root_version, wrapped";

    private static final String NEWEST = "select " + COLUMNS
            + " from keyring.tenant_kek where tenant = ? and chain = ? order by version desc limit 1";
    private static final String ANY = "select from keyring.tenant_kek limit 1";
    private static final String NAMED =
            "select " + COLUMNS + " from keyring.tenant_kek where kek = ? and version = ? and tenant = ? and chain = ?";
    private static final String ONE_PER_ROOT = "select distinct on (root, root_version) " + COLUMNS
            + " from keyring.tenant_kek where chain = ? order by root, root_version, created_at desc";
    private static final String STILL_THERE =
            "select from keyring.tenant_kek where kek = ? and version = ? and retired_at is null for key share";
    private static final String INSERT = "insert into keyring.tenant_kek (" + COLUMNS
            + ") values (?, ?, ?, ?, ?, ?, ?) on conflict (tenant, chain, version) do nothing";

    private final KeySql sql;

    TenantKekTable(DataSource database) {
        this.sql = new KeySql(database);
    }

    Optional<Row> newest(TenantId tenant, KeyChain chain) {
        return select(NEWEST, tenant.value(), (short) chain.code());
    }

    /** Whether anything is wrapped at all. */
    boolean any() {
        return !sql.list(ANY, row -> true).isEmpty();
    }

    /** By everything in the name: a row that was moved to another tenant or chain is not found. */
    Optional<Row> find(TenantKeks.Name name) {
        return select(NAMED, name.kek(), name.version(), name.tenant().value(), (short)
                name.chain().code());
    }

    /** For each version of each root of the chain, some row under it. */
    List<Row> onePerRootVersion(KeyChain chain) {
        return sql.list(ONE_PER_ROOT, TenantKekTable::row, (short) chain.code());
    }

    /**
     * Does nothing when another node was first.
     *
     * @throws RetiredParent when the root's version was retired
     */
    void insert(Row row) {
        sql.change(
                INSERT,
                row.tenant().value(),
                (short) row.chain().code(),
                row.kek(),
                row.version(),
                row.root(),
                row.wrapped().rootVersion(),
                row.wrapped().bytes());
    }

    /**
     * Stores the version after another, as long as that one is there: a tenant that leaves meanwhile gets no new key.
     * Does nothing when another node was first.
     *
     * @throws RetiredParent when the root's version was retired
     */
    void insertAfter(Row before, Row row) {
        sql.together(transaction -> KeySql.list(transaction, STILL_THERE, found -> true, before.kek(), before.version())
                        .isEmpty()
                ? 0
                : KeySql.change(
                        transaction,
                        INSERT,
                        row.tenant().value(),
                        (short) row.chain().code(),
                        row.kek(),
                        row.version(),
                        row.root(),
                        row.wrapped().rootVersion(),
                        row.wrapped().bytes()));
    }

    private Optional<Row> select(String query, Object... values) {
        return sql.list(query, TenantKekTable::row, values).stream().findFirst();
    }

    static Row row(ResultSet rows) throws SQLException {
        return new Row(
                new TenantId(rows.getObject(1, UUID.class)),
                KeyChain.of(rows.getInt(2)),
                rows.getObject(3, UUID.class),
                rows.getInt(4),
                rows.getObject(5, UUID.class),
                new WrappedKek(rows.getInt(6), rows.getBytes(7)));
    }
}
