package io.byok.command.tenant.domain;

import io.byok.kernel.TenantId;
import java.time.Instant;

/** What can be asked of a tenant. */
public sealed interface TenantCommand {

    TenantId tenant();

    /** A new tenant. */
    record CreateTenant(TenantId tenant, String name, Instant at) implements TenantCommand {}
}
