package io.byok.kernel.tenant;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.TenantId;
import java.time.Instant;

/** What can happen to a tenant. */
public sealed interface TenantEvent extends DomainEvent {

    TenantId tenant();

    /** The tenant exists and its keys are made. */
    record TenantCreated(TenantId tenant, String name, Instant at) implements TenantEvent {}
}
