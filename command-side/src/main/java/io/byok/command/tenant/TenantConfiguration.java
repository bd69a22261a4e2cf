package io.byok.command.tenant;

import io.byok.command.bus.AggregateShell;
import io.byok.command.bus.Commands;
import io.byok.command.bus.Ids;
import io.byok.command.head.TenantHeads;
import io.byok.command.tenant.domain.TenantRefusal;
import io.byok.kernel.Rejection;
import java.time.Clock;
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

    @Bean
    Tenants tenants(Commands commands, TenantHeads heads, Ids ids, Clock clock) {
        return new Tenants(commands, heads, ids, clock);
    }
}
