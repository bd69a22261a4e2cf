package io.byok.command.erase;

import io.byok.command.erase.domain.TenantRemains;
import io.byok.command.vault.CredentialsOfTenant;
import io.byok.kernel.TenantId;
import io.byok.kernel.erase.DestroyedKey;
import io.byok.platform.seal.KeySql;
import io.byok.platform.seal.TenantKeysGone;
import io.byok.platform.seal.Tombstones;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** What a tenant has on this side: counted, and deleted, in the caller's transaction. */
final class TenantContents {

    /**
     * Rows that are the tenant's and not of its keys. What stays stands in docs/erasure.md, and a test looks through all
     * tables that name a tenant.
     */
    private static final List<String> DELETES = List.of(
            "delete from head.key_health where tenant = ?",
            "delete from head.key_head where tenant = ?",
            "delete from head.chain_head where tenant = ?",
            "delete from head.subject_ref where tenant = ?",
            "delete from head.idempotency where tenant = ?",
            "delete from head.usage_seen where tenant = ?",
            "delete from head.legal_hold where tenant = ?",
            "delete from head.retention where tenant = ?",
            "delete from head.erasure_ack where erasure in"
                    + " (select erasure from head.erasure where tenant = ? and status < 3)",
            "delete from head.erasure where tenant = ? and status < 3", // this one is the larger
            "delete from log.reading where tenant = ?",
            "delete from log.replay_note where tenant = ?",
            "delete from access.api_token where tenant = ?",
            "delete from head.tenant_head where tenant = ?");

    private TenantContents() {}

    /** Until the transaction ends, what was counted stays as it is. */
    static TenantRemains count(Connection transaction, TenantId tenant) throws SQLException {
        List<DestroyedKey> keks = TenantKeysGone.keks(transaction, tenant).stream()
                .map(kek -> new DestroyedKey(kek.id().toString(), kek.version(), kek.kind(), kek.wrapHash()))
                .toList();
        MessageDigest lines = TenantKeysGone.noLines();
        long dataKeys =
                TenantKeysGone.tell(transaction, tenant, lines) + CredentialsOfTenant.tell(transaction, tenant, lines);
        return new TenantRemains(
                keks, dataKeys, CredentialsOfTenant.count(transaction, tenant), TenantKeysGone.hash(lines));
    }

    /** @return the epoch that every node must reach */
    static long destroy(Connection transaction, TenantId tenant, String legalBasis, Instant at) throws SQLException {
        long epoch = Tombstones.bury(transaction, List.of());
        CredentialsOfTenant.destroy(transaction, tenant, legalBasis, epoch, at);
        TenantKeysGone.destroy(transaction, tenant, legalBasis, epoch, at);
        for (String delete : DELETES) {
            KeySql.change(transaction, delete, tenant.value());
        }
        return epoch;
    }
}
