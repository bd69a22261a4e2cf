package io.byok.command.head;

import static io.byok.command.jooq.head.Tables.TENANT_HEAD;

import io.byok.command.store.Alongside;
import io.byok.command.store.Look;
import io.byok.command.store.Pending;
import io.byok.kernel.TenantId;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.ProblemCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Lets nothing of a suspended tenant be written, whatever a node believes of its tokens: looked up under the append
 * lock, under which a suspension is written too.
 */
public final class TenantGate implements Alongside<TenantId> {

    /** @param found is told those that are suspended */
    public static Look look(Collection<TenantId> tenants, Set<TenantId> found) {
        List<UUID> asked = tenants.stream().map(TenantId::value).toList();
        return new Look() {
            @Override
            public String sql() {
                return "select tenant from head.tenant_head where tenant = any (?) and suspended_at is not null";
            }

            @Override
            public Collection<UUID> asked() {
                return asked;
            }

            @Override
            public void read(ResultSet rows) throws SQLException {
                while (rows.next()) {
                    found.add(new TenantId(rows.getObject(1, UUID.class)));
                }
            }
        };
    }

    @Override
    public void admit(Connection connection, List<Pending<TenantId>> items) {
        UUID[] tenants =
                items.stream().map(item -> item.value().value()).distinct().toArray(UUID[]::new);
        Set<UUID> suspended = DSL.using(connection, SQLDialect.POSTGRES)
                .select(TENANT_HEAD.TENANT)
                .from(TENANT_HEAD)
                .where(TENANT_HEAD.TENANT.eq(DSL.any(tenants)))
                .and(TENANT_HEAD.SUSPENDED_AT.isNotNull())
                .fetchSet(TENANT_HEAD.TENANT);
        for (Pending<TenantId> item : items) {
            if (suspended.contains(item.value().value())) {
                item.refuse(new BadRequest(ProblemCode.TENANT_SUSPENDED, ProblemCode.TENANT_SUSPENDED.title()));
            }
        }
    }

    @Override
    public void write(Connection connection, List<Pending<TenantId>> items) {
        // Being admitted is all.
    }
}
