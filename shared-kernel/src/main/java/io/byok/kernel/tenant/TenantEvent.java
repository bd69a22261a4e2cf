package io.byok.kernel.tenant;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can happen to a tenant. */
public sealed interface TenantEvent extends DomainEvent {

    TenantId tenant();

    /** The tenant exists and its keys are made. */
    record TenantCreated(TenantId tenant, String name, Instant at) implements TenantEvent {}

    /** Nothing of the tenant is served and none of its tokens opens anything, until it is resumed. */
    record TenantSuspended(TenantId tenant, @Nullable String reason, Instant at) implements TenantEvent {}

    /** The tenant is served again. */
    record TenantResumed(TenantId tenant, @Nullable String reason, Instant at) implements TenantEvent {}
}
