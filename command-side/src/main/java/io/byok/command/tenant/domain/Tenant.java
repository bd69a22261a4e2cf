package io.byok.command.tenant.domain;

import io.byok.kernel.TenantId;
import java.time.Instant;

/** The states of a tenant. */
public sealed interface Tenant {

    /** There is none. */
    record Absent() implements Tenant {}

    /** A tenant that exists. */
    sealed interface Present extends Tenant {
        TenantId id();

        String name();

        Instant createdAt();
    }

    /** It may do everything its tokens allow. */
    record Active(TenantId id, String name, Instant createdAt) implements Present {}

    /** It may do nothing, and can be resumed. */
    record Suspended(TenantId id, String name, Instant createdAt, Instant since) implements Present {}
}
