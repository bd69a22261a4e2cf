package io.byok.command.tenant.domain;

import io.byok.kernel.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can be asked of a tenant. */
public sealed interface TenantCommand {

    TenantId tenant();

    /** A new tenant. */
    record CreateTenant(TenantId tenant, String name, Instant at) implements TenantCommand {}

    /** Let it do nothing. */
    record SuspendTenant(TenantId tenant, @Nullable String reason, Instant at) implements TenantCommand {}

    /** Let it do everything again. */
    record ResumeTenant(TenantId tenant, @Nullable String reason, Instant at) implements TenantCommand {}
}
