package io.byok.command.erase;

import static io.byok.command.jooq.head.Tables.TENANT_ERASURE;
import static io.byok.command.jooq.head.Tables.TENANT_ERASURE_ACK;

import io.byok.command.jooq.head.tables.records.TenantErasureRecord;
import io.byok.kernel.TenantErasureId;
import io.byok.kernel.TenantId;
import io.byok.kernel.erase.Acknowledgement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** How far erasures of tenants have come, as of the last commit. They are for every operator to see. */
final class TenantErasureHeads {

    /**
     * One erasure.
     *
     * @param operator the tenant whose history tells of it
     * @param position of the event that says that the keys are gone; absent before
     * @param epoch of the tombstones; absent before
     * @param certificate a signed note; absent until it is over
     */
    record Head(
            TenantErasureId id,
            TenantId operator,
            String legalBasis,
            ErasureStatus status,
            Instant requestedAt,
            @Nullable Instant destroyedAt,
            @Nullable Long position,
            @Nullable Long epoch,
            @Nullable Instant erasedAt,
            @Nullable String certificate) {}

    private final DSLContext database;

    TenantErasureHeads(DSLContext database) {
        this.database = database;
    }

    /** Empty when no such tenant was erased. */
    Optional<Head> find(TenantErasureId id) {
        return database.selectFrom(TENANT_ERASURE)
                .where(TENANT_ERASURE.ERASURE.eq(id.value()))
                .fetchOptional(TenantErasureHeads::head);
    }

    /** A number of them, in the order in which the tenants were made. @param last after which, absent for from the first */
    List<Head> after(@Nullable TenantErasureId last, int most) {
        return database.selectFrom(TENANT_ERASURE)
                .where(last == null ? DSL.noCondition() : TENANT_ERASURE.ERASURE.gt(last.value()))
                .orderBy(TENANT_ERASURE.ERASURE)
                .limit(most)
                .fetch(TenantErasureHeads::head);
    }

    /** Those that are not over and stand so, the oldest first. */
    List<Head> unfinished(ErasureStatus status) {
        return database.selectFrom(TENANT_ERASURE)
                .where(TENANT_ERASURE.STATUS.lt(ErasureStatus.ERASED.code()))
                .and(TENANT_ERASURE.STATUS.eq(status.code()))
                .orderBy(TENANT_ERASURE.REQUESTED_AT)
                .fetch(TenantErasureHeads::head);
    }

    /** Who has said that nothing is left, in the order in which they said so. */
    List<Acknowledgement> acknowledgements(TenantErasureId id) {
        return database.selectFrom(TENANT_ERASURE_ACK)
                .where(TENANT_ERASURE_ACK.ERASURE.eq(id.value()))
                .orderBy(TENANT_ERASURE_ACK.AT, TENANT_ERASURE_ACK.STORE)
                .fetch(row -> new Acknowledgement(
                        row.getStore(), row.getHow(), row.getAt().toInstant()));
    }

    /** Remembers it; the first word of a store counts. */
    void acknowledge(TenantErasureId id, Acknowledgement one) {
        database.insertInto(TENANT_ERASURE_ACK)
                .set(TENANT_ERASURE_ACK.ERASURE, id.value())
                .set(TENANT_ERASURE_ACK.STORE, one.store())
                .set(TENANT_ERASURE_ACK.HOW, one.how())
                .set(TENANT_ERASURE_ACK.AT, one.at().atOffset(ZoneOffset.UTC))
                .onConflictDoNothing()
                .execute();
    }

    private static Head head(TenantErasureRecord row) {
        return new Head(
                new TenantErasureId(row.getErasure()),
                new TenantId(row.getOperator()),
                row.getLegalBasis(),
                ErasureStatus.of(row.getStatus()),
                row.getRequestedAt().toInstant(),
                instant(row.getDestroyedAt()),
                row.getPosition(),
                row.getEpoch(),
                instant(row.getErasedAt()),
                row.getCertificate());
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
