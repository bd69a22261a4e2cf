package io.byok.query.audit;

import static io.byok.query.jooq.Tables.AUDIT_EVENT;
import static io.byok.query.jooq.Tables.AUDIT_LEAF;
import static io.byok.query.jooq.Tables.AUDIT_SUBJECT;

import io.byok.kernel.StreamType;
import io.byok.kernel.TenantId;
import io.byok.query.audit.tree.AuditTrees;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.impl.DSL;

/**
 * A tenant of which nothing opens any more. Its rows become what a replay would make of them: that something happened, what
 * kind of thing, when, and to which key. The leaves of its uses are left as hashes, so its tree and the platform's stay
 * what was signed.
 */
final class ErasedTenant {

    private ErasedTenant() {}

    /** @param view a transaction of the caller's */
    static void forget(DSLContext view, TenantId tenant) {
        view.deleteFrom(AUDIT_SUBJECT)
                .where(AUDIT_SUBJECT.TENANT.eq(tenant.value()))
                .execute();
        view.deleteFrom(AUDIT_EVENT)
                .where(AUDIT_EVENT.TENANT.eq(tenant.value()))
                .and(AUDIT_EVENT.STREAM.startsWith(StreamType.USE.word() + "/"))
                .execute();
        view.update(AUDIT_EVENT)
                .set(AUDIT_EVENT.OUTCOME, Fact.ERASED)
                .setNull(AUDIT_EVENT.ACTOR)
                .set(
                        AUDIT_EVENT.KEY,
                        DSL.when(AUDIT_EVENT.STREAM.startsWith(StreamType.KEY.word() + "/"), AUDIT_EVENT.KEY))
                .set(AUDIT_EVENT.SUBJECT, AUDIT_EVENT.SEALED_FOR)
                .setNull(AUDIT_EVENT.PURPOSE)
                .setNull(AUDIT_EVENT.REASON)
                .setNull(AUDIT_EVENT.REQUEST_ID)
                .set(AUDIT_EVENT.DETAILS, JSONB.valueOf("{}"))
                .where(AUDIT_EVENT.TENANT.eq(tenant.value()))
                .execute();
        AuditTrees.letGo(
                view, tenant.value(), AUDIT_LEAF.TENANT.eq(tenant.value()).and(AUDIT_LEAF.ITEM.eq(0)));
    }
}
