package io.byok.command.tenant;

import io.byok.command.bus.Commands;
import io.byok.command.bus.Ids;
import io.byok.command.bus.Order;
import io.byok.command.bus.Receipt;
import io.byok.command.head.Suspensions;
import io.byok.command.head.Suspensions.Suspension;
import io.byok.command.head.TenantHeads;
import io.byok.command.store.Row;
import io.byok.command.tenant.domain.Tenant;
import io.byok.command.tenant.domain.TenantCommand;
import io.byok.command.tenant.domain.TenantCommand.CreateTenant;
import io.byok.command.tenant.domain.TenantCommand.ResumeTenant;
import io.byok.command.tenant.domain.TenantCommand.SuspendTenant;
import io.byok.kernel.Provenance;
import io.byok.kernel.StreamId;
import io.byok.kernel.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates, suspends and resumes tenants. A tenant's own affairs are sealed under a key of its own, as if it were its own end user. */
public final class Tenants {

    private static final Suspensions SUSPENSIONS = new Suspensions();

    private final Commands commands;
    private final TenantHeads heads;
    private final Ids ids;
    private final Clock clock;

    Tenants(Commands commands, TenantHeads heads, Ids ids, Clock clock) {
        this.commands = commands;
        this.heads = heads;
        this.ids = ids;
        this.clock = clock;
    }

    /** @throws io.byok.kernel.Rejection when the name is taken */
    public Receipt<Tenant> create(String name, Provenance by) {
        TenantId tenant = ids.tenant();
        CreateTenant command = new CreateTenant(tenant, name, clock.instant().truncatedTo(ChronoUnit.MICROS));
        return commands.<TenantCommand, Tenant>send(
                new Order<>(TenantCommand.class, command, StreamId.of(tenant), tenant, null, by, null),
                decided -> List.of(new Row<>(heads, new TenantHeads.TenantHead(tenant, name, command.at(), null))));
    }

    /** @throws io.byok.kernel.Rejection when there is no such tenant */
    public Receipt<Tenant> suspend(TenantId tenant, @Nullable String reason, Provenance by) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return send(new SuspendTenant(tenant, reason, at), new Suspension(tenant, at), by);
    }

    /** @throws io.byok.kernel.Rejection when there is no such tenant */
    public Receipt<Tenant> resume(TenantId tenant, @Nullable String reason, Provenance by) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return send(new ResumeTenant(tenant, reason, at), new Suspension(tenant, null), by);
    }

    private Receipt<Tenant> send(TenantCommand command, Suspension suspension, Provenance by) {
        StreamId target = StreamId.of(command.tenant());
        return commands.<TenantCommand, Tenant>send(
                new Order<>(TenantCommand.class, command, target, command.tenant(), null, by, null),
                decided -> decided.changed() ? List.of(new Row<>(SUSPENSIONS, suspension)) : List.of());
    }
}
