package io.byok.command.erase;

import static io.byok.command.jooq.head.Tables.ERASURE;
import static io.byok.command.jooq.head.Tables.ERASURE_ACK;

import io.byok.command.head.LegalHolds;
import io.byok.command.jooq.head.tables.records.ErasureRecord;
import io.byok.kernel.ErasureId;
import io.byok.kernel.TenantId;
import io.byok.kernel.erase.Acknowledgement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** How far erasures have come, as of the last commit. */
final class ErasureHeads {

    /**
     * One erasure.
     *
     * @param position of the event that says that the keys are gone; absent before
     * @param epoch of the tombstones; absent before
     * @param certificate a signed note; absent until it is over
     */
    record Head(
            ErasureId id,
            TenantId tenant,
            String legalBasis,
            ErasureStatus status,
            Instant requestedAt,
            @Nullable Instant destroyedAt,
            @Nullable Long position,
            @Nullable Long epoch,
            @Nullable Instant erasedAt,
            @Nullable String certificate) {}

    private final DSLContext database;

    ErasureHeads(DSLContext database) {
        this.database = database;
    }

    /** Empty when there is none, or it is another tenant's. */
    Optional<Head> find(TenantId tenant, ErasureId id) {
        return database.selectFrom(ERASURE)
                .where(ERASURE.ERASURE_.eq(id.value()))
                .and(ERASURE.TENANT.eq(tenant.value()))
                .fetchOptional(ErasureHeads::head);
    }

    /** The newest users first. @param before where the page before ended, absent for the first page */
    List<Head> list(TenantId tenant, @Nullable ErasureId before, int most) {
        Condition earlier = before == null ? DSL.noCondition() : ERASURE.ERASURE_.lt(before.value());
        return database.selectFrom(ERASURE)
                .where(ERASURE.TENANT.eq(tenant.value()))
                .and(earlier)
                .orderBy(ERASURE.ERASURE_.desc())
                .limit(most)
                .fetch(ErasureHeads::head);
    }

    /** Those that are not over and stand so, of all tenants, the oldest first. */
    List<Head> unfinished(ErasureStatus status, int most) {
        return database.selectFrom(ERASURE)
                .where(ERASURE.STATUS.lt(ErasureStatus.ERASED.code()))
                .and(ERASURE.STATUS.eq(status.code()))
                .orderBy(ERASURE.REQUESTED_AT)
                .limit(most)
                .fetch(ErasureHeads::head);
    }

    /** The one that was asked for first of all that are not over, of all tenants. */
    Optional<Head> oldest() {
        return database.selectFrom(ERASURE)
                .where(ERASURE.STATUS.lt(ErasureStatus.ERASED.code()))
                .orderBy(ERASURE.REQUESTED_AT)
                .limit(1)
                .fetchOptional(ErasureHeads::head);
    }

    /** Whether a legal hold keeps an erasure from going on now. */
    boolean isHeld(Head head) {
        return database.connectionResult(connection ->
                LegalHolds.on(connection, head.tenant(), head.id().subject()).isPresent());
    }

    /** How many erasures of all tenants stand so. */
    long count(ErasureStatus status) {
        return database.fetchCount(ERASURE, ERASURE.STATUS.eq(status.code()));
    }

    /** Who has said that nothing is left, in the order in which they said so. */
    List<Acknowledgement> acknowledgements(ErasureId id) {
        return database.selectFrom(ERASURE_ACK)
                .where(ERASURE_ACK.ERASURE.eq(id.value()))
                .orderBy(ERASURE_ACK.AT, ERASURE_ACK.STORE)
                .fetch(row -> new Acknowledgement(
                        row.getStore(), row.getHow(), row.getAt().toInstant()));
    }

    /** Remembers it; the first word of a store counts. */
    void acknowledge(ErasureId id, Acknowledgement one) {
        database.insertInto(ERASURE_ACK)
                .set(ERASURE_ACK.ERASURE, id.value())
                .set(ERASURE_ACK.STORE, one.store())
                .set(ERASURE_ACK.HOW, one.how())
                .set(ERASURE_ACK.AT, one.at().atOffset(ZoneOffset.UTC))
                .onConflictDoNothing()
                .execute();
    }

    private static Head head(ErasureRecord row) {
        return new Head(
                new ErasureId(row.getErasure()),
                new TenantId(row.getTenant()),
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
