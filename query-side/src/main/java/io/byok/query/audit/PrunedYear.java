package io.byok.query.audit;

import static io.byok.query.jooq.Tables.AUDIT_EVENT;
import static io.byok.query.jooq.Tables.AUDIT_LEAF;

import io.byok.kernel.StreamType;
import io.byok.kernel.TenantId;
import io.byok.kernel.retention.RetentionEvent.AuditYearPruned;
import io.byok.query.audit.tree.AuditTrees;
import io.byok.query.feed.Rows;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * A tenant's year of uses that was let go. Its rows become what a replay would make of events that do not open any more:
 * no facts, and leaves of which the hash is left.
 */
record PrunedYear(TenantId tenant, Instant from, Instant to, long first, long last) {

    static PrunedYear of(TenantId tenant, AuditYearPruned event) {
        return new PrunedYear(tenant, begin(event.year()), begin(event.year() + 1), event.first(), event.last());
    }

    private static Instant begin(int year) {
        return LocalDate.of(year, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** @param view a transaction of the caller's */
    void letGo(DSLContext view) {
        view.deleteFrom(AUDIT_EVENT)
                .where(AUDIT_EVENT.TENANT.eq(tenant.value()))
                .and(AUDIT_EVENT.POSITION.between(first, last))
                .and(AUDIT_EVENT.STREAM.startsWith(StreamType.USE.word() + "/"))
                .and(AUDIT_EVENT.POSITION.in(
                        DSL.select(AUDIT_LEAF.POSITION).from(AUDIT_LEAF).where(ofTheYear())))
                .execute();
        AuditTrees.letGo(view, tenant.value(), ofTheYear());
    }

    /** Leaves of events that happened in the year; clocks of nodes may differ where it begins and ends. */
    private Condition ofTheYear() {
        return AUDIT_LEAF
                .TENANT
                .eq(tenant.value())
                .and(AUDIT_LEAF.ITEM.eq(0))
                .and(AUDIT_LEAF.POSITION.between(first, last))
                .and(AUDIT_LEAF.AT.ge(Rows.utc(from)))
                .and(AUDIT_LEAF.AT.lt(Rows.utc(to)));
    }
}
