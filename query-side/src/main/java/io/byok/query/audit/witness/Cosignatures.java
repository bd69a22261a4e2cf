package io.byok.query.audit.witness;

import static io.byok.query.jooq.Tables.AUDIT_CHECKPOINT;
import static io.byok.query.jooq.Tables.AUDIT_COSIGNATURE;
import static io.byok.query.jooq.Tables.AUDIT_LOG;

import io.byok.query.audit.tree.AuditTrees;
import io.byok.query.feed.Rows;
import io.byok.query.jooq.tables.AuditCheckpoint;
import io.byok.query.jooq.tables.records.AuditCheckpointRecord;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What each witness has cosigned, and what it has not. */
final class Cosignatures {

    private static final AuditCheckpoint NEWEST = AUDIT_CHECKPOINT.as("newest");

    private final DSLContext view;

    Cosignatures(DSLContext view) {
        this.view = view;
    }

    /** The newest state of each log, where the witness has not cosigned it; at most so many. */
    List<AuditCheckpointRecord> missing(String witness, boolean platformOnly, int most) {
        return view.select(NEWEST.fields())
                .from(AUDIT_LOG)
                .crossJoin(DSL.lateral(DSL.selectFrom(AUDIT_CHECKPOINT)
                                .where(AUDIT_CHECKPOINT.TENANT.eq(AUDIT_LOG.TENANT))
                                .orderBy(AUDIT_CHECKPOINT.SIZE.desc())
                                .limit(1))
                        .as(NEWEST))
                .where(uncosigned(witness))
                .and(platformOnly ? AUDIT_LOG.TENANT.eq(AuditTrees.PLATFORM) : DSL.noCondition())
                .orderBy(NEWEST.SIGNED_AT)
                .limit(most)
                .fetchInto(AUDIT_CHECKPOINT);
    }

    private static Condition uncosigned(String witness) {
        return DSL.notExists(DSL.selectOne()
                .from(AUDIT_COSIGNATURE)
                .where(AUDIT_COSIGNATURE.TENANT.eq(NEWEST.TENANT))
                .and(AUDIT_COSIGNATURE.WITNESS.eq(witness))
                .and(AUDIT_COSIGNATURE.SIZE.eq(NEWEST.SIZE)));
    }

    /** The largest state of a log that the witness has cosigned, 0 for none. */
    long known(String witness, UUID tenant) {
        Long size = view.select(DSL.max(AUDIT_COSIGNATURE.SIZE))
                .from(AUDIT_COSIGNATURE)
                .where(AUDIT_COSIGNATURE.TENANT.eq(tenant))
                .and(AUDIT_COSIGNATURE.WITNESS.eq(witness))
                .fetchOneInto(Long.class);
        return size == null ? 0 : size;
    }

    void keep(AuditCheckpointRecord state, String witness, String line, Instant at) {
        view.insertInto(AUDIT_COSIGNATURE)
                .set(AUDIT_COSIGNATURE.TENANT, state.getTenant())
                .set(AUDIT_COSIGNATURE.SIZE, state.getSize())
                .set(AUDIT_COSIGNATURE.WITNESS, witness)
                .set(AUDIT_COSIGNATURE.LINE, line)
                .set(AUDIT_COSIGNATURE.AT, Rows.utc(at))
                .onConflictDoNothing()
                .execute();
    }
}
