package io.byok.command.vault;

import io.byok.platform.seal.DataKeyRows;
import javax.sql.DataSource;

/** {@code vault.credential_key} as rotation of the tenants' keys sees it. */
public final class CredentialKeyRows {

    private static final DataKeyRows.Statements STATEMENTS = new DataKeyRows.Statements(
            // 4: the code of a credential's data key
            """
            select tenant, 4, key, data_key, version, wrapped from vault.credential_key
            where keyring.parent(wrapped) = ? and keyring.parent_version(wrapped) < ? and (data_key, version) > (?, ?)
            order by data_key, version limit ? for no key update skip locked""",
            "update vault.credential_key set wrapped = ? where data_key = ? and version = ? and wrapped = ?",
            """
            select count(*) from vault.credential_key
            where keyring.parent(wrapped) = ? and keyring.parent_version(wrapped) < ?""",
            """
            select count(*) from vault.credential_key d join keyring.tenant_kek k
                on k.kek = keyring.parent(d.wrapped) and k.version = keyring.parent_version(d.wrapped)
            where k.chain = ? and k.created_at < ? and d.tenant = coalesce(?::uuid, d.tenant)""",
            """
            select k.chain, k.version, k.version = n.version, count(*)
            from vault.credential_key d
            join keyring.tenant_kek k
                on k.kek = keyring.parent(d.wrapped) and k.version = keyring.parent_version(d.wrapped)
            join (select kek, max(version) as version from keyring.tenant_kek group by kek) n on n.kek = k.kek
            group by 1, 2, 3 order by 1, 2, 3""");

    private CredentialKeyRows() {}

    /** Those of a database. */
    public static DataKeyRows of(DataSource database) {
        return new DataKeyRows(database, STATEMENTS);
    }
}
