package io.byok.command.vault;

import io.byok.kernel.TenantId;
import io.byok.platform.seal.DataKeyKind;
import io.byok.platform.seal.KeySql;
import io.byok.platform.seal.TenantKeysGone;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** All credentials of a tenant that is being erased, in the transaction that does it. */
public final class CredentialsOfTenant {

    private static final String LOCK = "select from vault.credential_key where tenant = ? for update";
    private static final String KEYS = "select data_key, version, encode(sha256(wrapped), 'hex')"
            + " from vault.credential_key where tenant = ? order by data_key, version";
    private static final String COUNT = "select count(*) from vault.credential where tenant = ?";
    private static final String BURY =
            "insert into keyring.tombstone (data_key, version, tenant, kind, owner, wrap_hash,"
                    + " legal_basis, epoch, destroyed_at) select data_key, version, tenant, 4, key, sha256(wrapped), ?, ?, ?"
                    + " from vault.credential_key where tenant = ?"; // 4: a credential's
    // The key first, as everywhere: who locks a key and its credentials in one order never waits in a circle.
    private static final String DELETE_KEYS = "delete from vault.credential_key where tenant = ?";
    private static final String DELETE = "delete from vault.credential where tenant = ?";

    private CredentialsOfTenant() {}

    /** How many sealed versions there are. */
    public static long count(Connection transaction, TenantId tenant) throws SQLException {
        return KeySql.list(transaction, COUNT, row -> row.getLong(1), tenant.value())
                .getFirst();
    }

    /** As {@link TenantKeysGone#tell}. */
    public static long tell(Connection transaction, TenantId tenant, MessageDigest lines) throws SQLException {
        KeySql.list(transaction, LOCK, row -> true, tenant.value());
        return KeySql.list(
                        transaction,
                        KEYS,
                        row -> {
                            TenantKeysGone.line(
                                    lines,
                                    DataKeyKind.CREDENTIAL,
                                    row.getObject(1, UUID.class),
                                    row.getInt(2),
                                    row.getString(3));
                            return true;
                        },
                        tenant.value())
                .size();
    }

    /** Deletes them, with the keys that open them, and puts up tombstones in an epoch that has begun. */
    public static void destroy(Connection transaction, TenantId tenant, String legalBasis, long epoch, Instant at)
            throws SQLException {
        KeySql.change(transaction, BURY, legalBasis, epoch, at.atOffset(ZoneOffset.UTC), tenant.value());
        KeySql.change(transaction, DELETE_KEYS, tenant.value());
        KeySql.change(transaction, DELETE, tenant.value());
    }
}
