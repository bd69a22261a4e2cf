package io.byok.command.erase;

import static io.byok.command.jooq.head.Tables.TENANT_ERASURE;
import static io.byok.command.jooq.head.Tables.TENANT_HEAD;

import io.byok.command.erase.domain.TenantErasureRefusal;
import io.byok.command.head.LegalHolds;
import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import io.byok.kernel.Rejection;
import io.byok.kernel.TenantId;
import io.byok.platform.seal.KeySql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Carries the steps of tenants' erasures out in the transaction of their events, under the append lock: what stands in the
 * way is looked up there, so that a hold, a resumption and an erasure cannot pass each other. The destruction is one
 * transaction, and destroys just what its event says.
 */
final class TenantErasureRows implements Alongside<TenantErasureStep> {

    private static final String OPERATES =
            "select from keyring.rotation where operator = ? and state = 'running' union all"
                    + " select from head.tenant_erasure where operator = ? and status < 3";

    @Override
    public void admit(Connection connection, List<Pending<TenantErasureStep>> items) throws SQLException {
        for (Pending<TenantErasureStep> item : items) {
            switch (item.value()) {
                case TenantErasureStep.Requested requested ->
                    inTheWay(connection, requested.erasure().tenant()).ifPresent(why -> item.refuse(Rejection.of(why)));
                case TenantErasureStep.Destroyed destroyed -> {
                    if (!TenantContents.count(connection, destroyed.erasure().tenant())
                            .equals(destroyed.remains())) {
                        item.refuse(new ErasureRows.Recount());
                    }
                }
                case TenantErasureStep.Erased _ -> {} // nothing is left to be held
            }
        }
    }

    /** Nothing can come later: from the request on the log takes neither a hold nor anything else of the tenant. */
    private static Optional<TenantErasureRefusal> inTheWay(Connection connection, TenantId tenant) throws SQLException {
        var head = using(connection)
                .select(TENANT_HEAD.SUSPENDED_AT)
                .from(TENANT_HEAD)
                .where(TENANT_HEAD.TENANT.eq(tenant.value()))
                .fetchOne();
        if (head == null) {
            return Optional.of(TenantErasureRefusal.NO_TENANT);
        }
        if (head.value1() == null) {
            return Optional.of(TenantErasureRefusal.NOT_SUSPENDED);
        }
        if (LegalHolds.any(connection, tenant)) {
            return Optional.of(TenantErasureRefusal.LEGAL_HOLD);
        }
        return KeySql.list(connection, OPERATES, row -> true, tenant.value(), tenant.value())
                        .isEmpty()
                ? Optional.empty()
                : Optional.of(TenantErasureRefusal.OPERATES);
    }

    @Override
    public void write(Connection connection, List<Pending<TenantErasureStep>> items) throws SQLException {
        for (Pending<TenantErasureStep> item : items) {
            switch (item.value()) {
                case TenantErasureStep.Requested requested -> request(connection, requested);
                case TenantErasureStep.Destroyed destroyed -> destroy(connection, destroyed, item.lastPosition());
                case TenantErasureStep.Erased erased -> conclude(connection, erased);
            }
        }
    }

    private static void request(Connection connection, TenantErasureStep.Requested step) {
        using(connection)
                .insertInto(TENANT_ERASURE)
                .set(TENANT_ERASURE.ERASURE, step.erasure().value())
                .set(TENANT_ERASURE.TENANT, step.erasure().tenant().value())
                .set(TENANT_ERASURE.OPERATOR, step.operator().value())
                .set(TENANT_ERASURE.LEGAL_BASIS, step.legalBasis())
                .set(TENANT_ERASURE.STATUS, ErasureStatus.REQUESTED.code())
                .set(TENANT_ERASURE.REQUESTED_AT, utc(step.at()))
                .execute();
    }

    private static void destroy(Connection connection, TenantErasureStep.Destroyed step, long position)
            throws SQLException {
        long epoch = TenantContents.destroy(connection, step.erasure().tenant(), step.legalBasis(), step.at());
        using(connection)
                .update(TENANT_ERASURE)
                .set(TENANT_ERASURE.STATUS, ErasureStatus.DESTROYED.code())
                .set(TENANT_ERASURE.DESTROYED_AT, utc(step.at()))
                .set(TENANT_ERASURE.POSITION, position)
                .set(TENANT_ERASURE.EPOCH, epoch)
                .where(TENANT_ERASURE.ERASURE.eq(step.erasure().value()))
                .execute();
    }

    private static void conclude(Connection connection, TenantErasureStep.Erased step) {
        using(connection)
                .update(TENANT_ERASURE)
                .set(TENANT_ERASURE.STATUS, ErasureStatus.ERASED.code())
                .set(TENANT_ERASURE.ERASED_AT, utc(step.at()))
                .set(TENANT_ERASURE.CERTIFICATE, step.certificate())
                .where(TENANT_ERASURE.ERASURE.eq(step.erasure().value()))
                .execute();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static DSLContext using(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES);
    }
}
