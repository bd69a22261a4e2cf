package io.byok.platform.seal;

import io.byok.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** {@code keyring.data_key}: wrapped L2 keys of the events chain. Each statement is a transaction of its own. */
final class DataKeyTable {

    static final String COLUMNS = "tenant, kind, owner, data_key, version, wrapped";

    private static final String NEWEST = "select " + COLUMNS
            + " from keyring.data_key where tenant = ? and kind = ? and owner = ? order by version desc limit 1";
    private static final String NAMED =
            "select " + COLUMNS + " from keyring.data_key where data_key = ? and version = ?";
    // Never for an owner who was destroyed. One statement is enough: the key of an owner who is being destroyed in
    // another
    // transaction is still there to be found, so nobody comes here before that has committed.
    private static final String INSERT = "insert into keyring.data_key (" + COLUMNS + ") select ?, ?, ?, ?, ?, ?"
            + " where not exists (select from keyring.tombstone where tenant = ? and kind = ? and owner = ?)"
            + " on conflict (tenant, kind, owner, version) do nothing";
    private static final String STILL_THERE =
            "select from keyring.data_key where data_key = ? and version = ? for key share";

    private final KeySql sql;

    DataKeyTable(DataSource database) {
        this.sql = new KeySql(database);
    }

    Optional<WrappedDataKey> newest(TenantId tenant, DataKeyKind kind, UUID owner) {
        return select(NEWEST, tenant.value(), (short) kind.code(), owner);
    }

    Optional<WrappedDataKey> find(UUID id, int version) {
        return select(NAMED, id, version);
    }

    /**
     * Does nothing when another node was first, or the owner was destroyed.
     *
     * @throws RetiredParent when the key above it was retired: mint again
     */
    void insert(MintedKey minted) {
        sql.change(INSERT, values(minted));
    }

    /**
     * Stores the version after another, as long as that one is there: an owner who is erased meanwhile gets no new key.
     * False when it is gone.
     *
     * @throws RetiredParent when the key above it was retired: mint again
     */
    boolean insertAfter(DataKeyRef before, MintedKey minted) {
        return sql.together(transaction -> {
            boolean there = !KeySql.list(transaction, STILL_THERE, row -> true, before.id(), before.version())
                    .isEmpty();
            if (there) {
                KeySql.change(transaction, INSERT, values(minted));
            }
            return there;
        });
    }

    private static Object[] values(MintedKey minted) {
        DataKeyRef ref = minted.ref();
        return new Object[] {
            ref.tenant().value(),
            (short) ref.kind().code(),
            ref.owner(),
            ref.id(),
            ref.version(),
            minted.wrapped(),
            ref.tenant().value(),
            (short) ref.kind().code(),
            ref.owner()
        };
    }

    private Optional<WrappedDataKey> select(String query, Object... values) {
        return sql.list(query, DataKeyTable::row, values).stream().findFirst();
    }

    static WrappedDataKey row(ResultSet rows) throws SQLException {
        return new WrappedDataKey(
                new DataKeyRef(
                        new TenantId(rows.getObject(1, UUID.class)),
                        DataKeyKind.of(rows.getInt(2)),
                        rows.getObject(3, UUID.class),
                        rows.getObject(4, UUID.class),
                        rows.getInt(5)),
                rows.getBytes(6));
    }
}
