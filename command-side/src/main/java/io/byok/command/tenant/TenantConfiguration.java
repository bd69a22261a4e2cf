package io.byok.command.tenant;

import io.byok.command.bus.AggregateShell;
import io.byok.command.bus.Commands;
import io.byok.command.bus.Gate;
import io.byok.command.bus.Ids;
import io.byok.command.head.TenantGate;
import io.byok.command.head.TenantHeads;
import io.byok.command.store.Row;
import io.byok.command.tenant.domain.TenantRefusal;
import io.byok.kernel.Provenance;
import io.byok.kernel.Rejection;
import io.byok.kernel.StreamType;
import java.time.Clock;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the feature. */
@Configuration(proxyBeanMethods = false)
class TenantConfiguration {

    @Bean
    AggregateShell tenantShell() {
        return new AggregateShell(TenantAggregate.class);
    }

    @Bean
    TenantHeads tenantHeads(DSLContext database) {
        return new TenantHeads(database, () -> Rejection.of(TenantRefusal.NAME_TAKEN));
    }

    /** Suspending and resuming go through, and so does what the server does by itself: it only cleans up. */
    @Bean
    Gate suspendedTenants(TenantGate gate) {
        return order ->
                order.target().type() == StreamType.TENANT || order.by().actor().startsWith(Provenance.SYSTEM)
                        ? List.of()
                        : List.of(new Row<>(gate, order.tenant()));
    }

    @Bean
    Tenants tenants(Commands commands, TenantHeads heads, Ids ids, Clock clock) {
        return new Tenants(commands, heads, ids, clock);
    }
}
