package io.byok.command.tenant.domain;

import io.byok.command.tenant.domain.TenantCommand.CreateTenant;
import io.byok.kernel.Decider;
import io.byok.kernel.tenant.TenantEvent;
import io.byok.kernel.tenant.TenantEvent.TenantCreated;
import java.util.List;

/** The rules of a tenant. That names are unique is kept by the row alongside. */
public final class TenantDecider implements Decider<TenantCommand, Tenant, TenantEvent> {

    @Override
    public Tenant initial() {
        return new Tenant.Absent();
    }

    @Override
    public List<TenantEvent> decide(Tenant state, TenantCommand command) {
        return switch (command) {
            case CreateTenant create ->
                switch (state) {
                    case Tenant.Absent _ -> List.of(new TenantCreated(create.tenant(), create.name(), create.at()));
                    case Tenant.Active _ -> List.of();
                };
        };
    }

    @Override
    public Tenant evolve(Tenant state, TenantEvent event) {
        return switch (event) {
            case TenantCreated created
            when state instanceof Tenant.Absent -> new Tenant.Active(created.tenant(), created.name(), created.at());
            case TenantCreated _ -> throw new IllegalStateException("a tenant is created once");
        };
    }
}
