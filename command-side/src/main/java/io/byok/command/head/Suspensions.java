package io.byok.command.head;

import static io.byok.command.jooq.head.Tables.TENANT_HEAD;
import static io.byok.platform.jooq.access.Tables.SUSPENDED_TENANT;

import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import io.byok.kernel.TenantId;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Suspends and resumes tenants in the transaction of the event that says so: in the heads, for what is recorded, and
 * beside the tokens, for what is not.
 */
public final class Suspensions implements Alongside<Suspensions.Suspension> {

    /** @param since absent when the tenant may do everything again */
    public record Suspension(TenantId tenant, @Nullable Instant since) {}

    @Override
    public void write(Connection connection, List<Pending<Suspension>> items) {
        DSLContext batch = DSL.using(connection, SQLDialect.POSTGRES);
        for (Pending<Suspension> item : items) {
            Suspension suspension = item.value();
            batch.update(TENANT_HEAD)
                    .set(TENANT_HEAD.SUSPENDED_AT, KeyHeads.utc(suspension.since()))
                    .where(TENANT_HEAD.TENANT.eq(suspension.tenant().value()))
                    .execute();
            if (suspension.since() == null) {
                batch.deleteFrom(SUSPENDED_TENANT)
                        .where(SUSPENDED_TENANT.TENANT.eq(suspension.tenant().value()))
                        .execute();
            } else {
                batch.insertInto(SUSPENDED_TENANT)
                        .set(SUSPENDED_TENANT.TENANT, suspension.tenant().value())
                        .set(SUSPENDED_TENANT.SINCE, KeyHeads.utc(suspension.since()))
                        .onConflictDoNothing()
                        .execute();
            }
        }
    }
}
