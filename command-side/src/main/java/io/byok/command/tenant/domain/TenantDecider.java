package io.byok.command.tenant.domain;

import io.byok.command.tenant.domain.TenantCommand.CreateTenant;
import io.byok.command.tenant.domain.TenantCommand.ResumeTenant;
import io.byok.command.tenant.domain.TenantCommand.SuspendTenant;
import io.byok.kernel.Decider;
import io.byok.kernel.Rejection;
import io.byok.kernel.tenant.TenantEvent;
import io.byok.kernel.tenant.TenantEvent.TenantCreated;
import io.byok.kernel.tenant.TenantEvent.TenantResumed;
import io.byok.kernel.tenant.TenantEvent.TenantSuspended;
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
                    case Tenant.Present _ -> List.of();
                };
            case SuspendTenant suspend ->
                switch (state) {
                    case Tenant.Absent _ -> throw Rejection.of(TenantRefusal.NOT_FOUND);
                    case Tenant.Active _ ->
                        List.of(new TenantSuspended(suspend.tenant(), suspend.reason(), suspend.at()));
                    case Tenant.Suspended _ -> List.of();
                };
            case ResumeTenant resume ->
                switch (state) {
                    case Tenant.Absent _ -> throw Rejection.of(TenantRefusal.NOT_FOUND);
                    case Tenant.Active _ -> List.of();
                    case Tenant.Suspended _ ->
                        List.of(new TenantResumed(resume.tenant(), resume.reason(), resume.at()));
                };
        };
    }

    @Override
    public Tenant evolve(Tenant state, TenantEvent event) {
        return switch (event) {
            case TenantCreated created
            when state instanceof Tenant.Absent -> new Tenant.Active(created.tenant(), created.name(), created.at());
            case TenantSuspended suspended
            when state instanceof Tenant.Active is ->
                new Tenant.Suspended(is.id(), is.name(), is.createdAt(), suspended.at());
            case TenantResumed _
            when state instanceof Tenant.Suspended is -> new Tenant.Active(is.id(), is.name(), is.createdAt());
            case TenantCreated _, TenantSuspended _, TenantResumed _ ->
                throw new IllegalStateException(event.getClass().getSimpleName() + " cannot follow "
                        + state.getClass().getSimpleName());
        };
    }
}
