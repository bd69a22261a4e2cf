package io.byok.platform.seal;

import io.byok.kernel.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A table of wrapped data keys, as rotation of the tenants' keys above them sees it. */
public final class DataKeyRows {

    /**
     * The statements on that table.
     *
     * @param lock the rows wrapped under a key (id, and versions below a number) that follow a cursor (id, version), at
     *     most so many: tenant, kind, owner, data key, version, wrapped; {@code for no key update skip locked}, so that
     *     they can still be shared by those who store beneath them
     * @param replace sets the wrap of a data key (id, version) if it is still this one
     * @param under counts the rows wrapped under a key (id, and versions below a number)
     * @param remaining counts the rows wrapped under keys of a chain made before an instant, of one tenant or, given
     *     null, of all
     * @param counts by chain and version of the key above and whether it is that key's newest: how many rows
     */
    public record Statements(String lock, String replace, String under, String remaining, String counts) {}

    private static final Statements KEYRING = new Statements(
            """
            select tenant, kind, owner, data_key, version, wrapped from keyring.data_key
            where keyring.parent(wrapped) = ? and keyring.parent_version(wrapped) < ? and (data_key, version) > (?, ?)
            order by data_key, version limit ? for no key update skip locked""",
            "update keyring.data_key set wrapped = ? where data_key = ? and version = ? and wrapped = ?",
            """
            select count(*) from keyring.data_key
            where keyring.parent(wrapped) = ? and keyring.parent_version(wrapped) < ?""",
            """
            select count(*) from keyring.data_key d join keyring.tenant_kek k
                on k.kek = keyring.parent(d.wrapped) and k.version = keyring.parent_version(d.wrapped)
            where k.chain = ? and k.created_at < ? and d.tenant = coalesce(?::uuid, d.tenant)""",
            """
            select k.chain, k.version, k.version = n.version, count(*)
            from keyring.data_key d
            join keyring.tenant_kek k
                on k.kek = keyring.parent(d.wrapped) and k.version = keyring.parent_version(d.wrapped)
            join (select kek, max(version) as version from keyring.tenant_kek group by kek) n on n.kek = k.kek
            group by 1, 2, 3 order by 1, 2, 3""");

    private final Statements statements;
    private final KeySql sql;

    public DataKeyRows(DataSource database, Statements statements) {
        this.statements = statements;
        this.sql = new KeySql(database);
    }

    /** {@code keyring.data_key}. */
    public static DataKeyRows ofKeyring(DataSource database) {
        return new DataKeyRows(database, KEYRING);
    }

    /** What is wrapped under versions of a tenant's key that are older than this one. */
    Sweep.Rows<WrappedDataKey> older(UUID kek, int newest, TenantKeks keks) {
        return new Sweep.Rows<>() {
            @Override
            public List<WrappedDataKey> lock(Connection transaction, Sweep.Cursor after, int most) throws SQLException {
                return KeySql.list(
                        transaction,
                        statements.lock(),
                        DataKeyTable::row,
                        kek,
                        newest,
                        after.id(),
                        after.version(),
                        most);
            }

            @Override
            public Sweep.Cursor at(WrappedDataKey row) {
                return new Sweep.Cursor(row.ref().id(), row.ref().version());
            }

            @Override
            public boolean replace(Connection transaction, WrappedDataKey row) throws SQLException {
                byte[] moved = keks.rewrap(row).orElseThrow(SealBroken::new);
                return KeySql.change(
                                transaction,
                                statements.replace(),
                                moved,
                                row.ref().id(),
                                row.ref().version(),
                                row.wrapped())
                        == 1;
            }
        };
    }

    long under(UUID kek, int newest) {
        return sql.list(statements.under(), row -> row.getLong(1), kek, newest).getFirst();
    }

    long remaining(KeyChain chain, Instant begun, @Nullable TenantId tenant) {
        return sql.list(
                        statements.remaining(),
                        row -> row.getLong(1),
                        (short) chain.code(),
                        begun.atOffset(ZoneOffset.UTC),
                        tenant == null ? null : tenant.value())
                .getFirst();
    }

    List<Rotation.Count> counts() {
        return sql.list(
                statements.counts(),
                row -> new Rotation.Count(
                        KeyLevel.TENANT,
                        KeyChain.of(row.getInt(1)),
                        null,
                        row.getInt(2),
                        row.getBoolean(3),
                        row.getLong(4)));
    }
}
