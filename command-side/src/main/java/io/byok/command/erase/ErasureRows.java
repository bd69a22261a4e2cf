package io.byok.command.erase;

import static io.byok.command.jooq.head.Tables.ERASURE;
import static io.byok.command.jooq.head.Tables.KEY_HEALTH;

import io.byok.command.erase.domain.ErasureRefusal;
import io.byok.command.head.ChainHeads;
import io.byok.command.head.IdempotencyRecords;
import io.byok.command.head.KeyHeads;
import io.byok.command.head.LegalHolds;
import io.byok.command.head.SubjectRefs;
import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import io.byok.command.vault.CredentialVault;
import io.byok.kernel.HoldId;
import io.byok.kernel.KeyId;
import io.byok.kernel.Rejection;
import io.byok.kernel.SubjectId;
import io.byok.platform.seal.Tombstone;
import io.byok.platform.seal.Tombstones;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Carries the steps of erasures out in the transaction of their events. The destruction is one transaction: either the
 * user is whole, or nothing of them opens. What the event says was destroyed is compared with what is there, under the
 * append lock, and the step fails when it is not just that.
 */
final class ErasureRows implements Alongside<ErasureStep> {

    /** The keys are not those that were counted (they were wrapped anew meanwhile): count again. */
    static final class Recount extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Recount() {
            super("the keys have changed since they were counted", null, false, false);
        }
    }

    @Override
    public void admit(Connection connection, List<Pending<ErasureStep>> items) throws SQLException {
        for (Pending<ErasureStep> item : items) {
            Optional<HoldId> hold = hold(connection, item.value());
            if (hold.isPresent()) {
                item.refuse(new Rejection(
                        ErasureRefusal.LEGAL_HOLD,
                        "The legal hold " + hold.get() + " forbids it: see GET /v1/legal-holds, and ask again when it"
                                + " was lifted."));
            } else if (item.value() instanceof ErasureStep.Destroyed destroyed
                    && !tombstones(connection, destroyed).stream()
                            .map(Inventory::named)
                            .toList()
                            .equals(destroyed.dataKeys())) {
                item.refuse(new Recount());
            }
        }
    }

    /** Nothing is erased under a legal hold: neither begun nor, when it was begun before, gone on with. */
    private static Optional<HoldId> hold(Connection connection, ErasureStep step) throws SQLException {
        return switch (step) {
            case ErasureStep.Requested _, ErasureStep.Destroyed _ ->
                LegalHolds.on(connection, step.tenant(), step.erasure().subject());
            case ErasureStep.Erased _ -> Optional.empty(); // nothing is left to be held
        };
    }

    @Override
    public void write(Connection connection, List<Pending<ErasureStep>> items) throws SQLException {
        for (Pending<ErasureStep> item : items) {
            switch (item.value()) {
                case ErasureStep.Requested requested -> request(connection, requested);
                case ErasureStep.Destroyed destroyed -> destroy(connection, destroyed, item.lastPosition());
                case ErasureStep.Erased erased -> conclude(connection, erased);
            }
        }
    }

    private static void request(Connection connection, ErasureStep.Requested step) {
        SubjectId subject = step.erasure().subject();
        using(connection)
                .insertInto(ERASURE)
                .set(ERASURE.ERASURE_, step.erasure().value())
                .set(ERASURE.TENANT, step.tenant().value())
                .set(ERASURE.SUBJECT, subject.value())
                .set(ERASURE.LEGAL_BASIS, step.legalBasis())
                .set(ERASURE.STATUS, ErasureStatus.REQUESTED.code())
                .set(ERASURE.REQUESTED_AT, utc(step.at()))
                .execute();
        KeyHeads.stopServing(connection, step.tenant(), subject);
    }

    private static void destroy(Connection connection, ErasureStep.Destroyed step, long position) throws SQLException {
        SubjectId subject = step.erasure().subject();
        List<Tombstone> tombstones = tombstones(connection, step);
        CredentialVault.delete(connection, step.keys());
        Tombstones.delete(connection, tombstones);
        long epoch = Tombstones.bury(connection, tombstones);
        SubjectRefs.forget(connection, step.tenant(), subject);
        KeyHeads.forget(connection, step.tenant(), subject);
        ChainHeads.forget(connection, step.tenant(), subject);
        using(connection)
                .deleteFrom(KEY_HEALTH)
                .where(KEY_HEALTH.KEY.in(step.keys().stream().map(KeyId::value).toList()))
                .execute();
        List<UUID> streams = new ArrayList<>(List.of(subject.value()));
        step.keys().forEach(key -> streams.add(key.value()));
        IdempotencyRecords.forget(connection, step.tenant(), streams);
        using(connection)
                .update(ERASURE)
                .set(ERASURE.STATUS, ErasureStatus.DESTROYED.code())
                .set(ERASURE.DESTROYED_AT, utc(step.at()))
                .set(ERASURE.POSITION, position)
                .set(ERASURE.EPOCH, epoch)
                .where(ERASURE.ERASURE_.eq(step.erasure().value()))
                .execute();
    }

    private static void conclude(Connection connection, ErasureStep.Erased step) {
        using(connection)
                .update(ERASURE)
                .set(ERASURE.STATUS, ErasureStatus.ERASED.code())
                .set(ERASURE.ERASED_AT, utc(step.at()))
                .set(ERASURE.CERTIFICATE, step.certificate())
                .where(ERASURE.ERASURE_.eq(step.erasure().value()))
                .execute();
    }

    private static List<Tombstone> tombstones(Connection connection, ErasureStep.Destroyed step) throws SQLException {
        return Inventory.tombstones(
                connection, step.tenant(), step.erasure().subject(), step.keys(), step.legalBasis(), step.at());
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static DSLContext using(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES);
    }
}
