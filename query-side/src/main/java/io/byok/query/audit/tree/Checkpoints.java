package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_CHECKPOINT;
import static io.byok.query.jooq.Tables.AUDIT_COSIGNATURE;

import io.byok.query.jooq.tables.records.AuditCheckpointRecord;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Reads the states that were signed. */
public final class Checkpoints {

    private static final int FETCH = 1_000;

    // Witnesses' lines stand below the log's own, as the signed-note form has it.
    private static final Field<String> NOTE = AUDIT_CHECKPOINT.NOTE.concat(DSL.coalesce(
            DSL.field(DSL.select(DSL.listAgg(AUDIT_COSIGNATURE.LINE.concat("\n"), "")
                            .withinGroupOrderBy(AUDIT_COSIGNATURE.WITNESS))
                    .from(AUDIT_COSIGNATURE)
                    .where(AUDIT_COSIGNATURE.TENANT.eq(AUDIT_CHECKPOINT.TENANT))
                    .and(AUDIT_COSIGNATURE.SIZE.eq(AUDIT_CHECKPOINT.SIZE))),
            DSL.inline("")));

    private final DSLContext view;

    public Checkpoints(DSLContext view) {
        this.view = view;
    }

    /** The newest one of a log. */
    public Optional<AuditCheckpointRecord> newest(UUID tenant) {
        return newest(tenant, Long.MAX_VALUE);
    }

    /** The newest one that is no larger. */
    public Optional<AuditCheckpointRecord> newest(UUID tenant, long size) {
        return view.selectFrom(AUDIT_CHECKPOINT)
                .where(AUDIT_CHECKPOINT.TENANT.eq(tenant))
                .and(AUDIT_CHECKPOINT.SIZE.le(size))
                .orderBy(AUDIT_CHECKPOINT.SIZE.desc())
                .limit(1)
                .fetchOptional();
    }

    /** The one of exactly this size. */
    public Optional<AuditCheckpointRecord> at(UUID tenant, long size) {
        return view.selectFrom(AUDIT_CHECKPOINT)
                .where(AUDIT_CHECKPOINT.TENANT.eq(tenant))
                .and(AUDIT_CHECKPOINT.SIZE.eq(size))
                .fetchOptional();
    }

    /** A state as it is handed out. */
    record Noted(long size, String note) {}

    /** Those of a log by size, both inclusive, cosigned. Within a transaction, or all are held in memory. */
    Stream<Noted> between(UUID tenant, long from, long to) {
        return view
                .select(AUDIT_CHECKPOINT.SIZE, NOTE)
                .from(AUDIT_CHECKPOINT)
                .where(AUDIT_CHECKPOINT.TENANT.eq(tenant))
                .and(AUDIT_CHECKPOINT.SIZE.between(from, to))
                .orderBy(AUDIT_CHECKPOINT.SIZE)
                .fetchSize(FETCH)
                .fetchLazy()
                .stream()
                .map(row -> new Noted(row.value1(), row.value2()));
    }

    /** The note with the signature lines of the witnesses that have cosigned the state. */
    String cosigned(AuditCheckpointRecord row) {
        return view.select(NOTE)
                .from(AUDIT_CHECKPOINT)
                .where(AUDIT_CHECKPOINT.TENANT.eq(row.getTenant()))
                .and(AUDIT_CHECKPOINT.SIZE.eq(row.getSize()))
                .fetchOptional(NOTE)
                .orElse(row.getNote());
    }

    /** Those that the broker has not acknowledged, oldest first. */
    List<AuditCheckpointRecord> unpublished(int most) {
        return view.selectFrom(AUDIT_CHECKPOINT)
                .where(AUDIT_CHECKPOINT.PUBLISHED.isFalse())
                .orderBy(AUDIT_CHECKPOINT.TENANT, AUDIT_CHECKPOINT.SIZE)
                .limit(most)
                .fetch();
    }

    void published(AuditCheckpointRecord row) {
        view.update(AUDIT_CHECKPOINT)
                .set(AUDIT_CHECKPOINT.PUBLISHED, true)
                .where(AUDIT_CHECKPOINT.TENANT.eq(row.getTenant()))
                .and(AUDIT_CHECKPOINT.SIZE.eq(row.getSize()))
                .execute();
    }
}
