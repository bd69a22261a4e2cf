package io.byok.command.tenant.domain;

import io.byok.kernel.TenantId;
import java.time.Instant;

/** The states of a tenant. */
public sealed interface Tenant {

    /** There is none. */
    record Absent() implements Tenant {}

    /** It exists and may do everything its tokens allow. */
    record Active(TenantId id, String name, Instant createdAt) implements Tenant {}
}
