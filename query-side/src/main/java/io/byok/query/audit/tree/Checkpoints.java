package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_CHECKPOINT;

import io.byok.query.jooq.tables.records.AuditCheckpointRecord;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;

/** Reads the states that were signed. */
public final class Checkpoints {

    private static final int FETCH = 1_000;

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

    /** Those of a log by size, both inclusive. Within a transaction, or all are held in memory. */
    public Stream<AuditCheckpointRecord> between(UUID tenant, long from, long to) {
        return view
                .selectFrom(AUDIT_CHECKPOINT)
                .where(AUDIT_CHECKPOINT.TENANT.eq(tenant))
                .and(AUDIT_CHECKPOINT.SIZE.between(from, to))
                .orderBy(AUDIT_CHECKPOINT.SIZE)
                .fetchSize(FETCH)
                .fetchLazy()
                .stream();
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
