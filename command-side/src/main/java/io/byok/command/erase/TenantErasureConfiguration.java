package io.byok.command.erase;

import io.byok.command.bus.AggregateShell;
import io.byok.command.bus.Commands;
import io.byok.command.head.YearOfUses;
import io.byok.command.store.EventLog;
import io.byok.platform.event.EventSealing;
import io.byok.platform.seal.LookupHash;
import io.byok.platform.seal.PlatformSigner;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the erasure of tenants. */
@Configuration(proxyBeanMethods = false)
class TenantErasureConfiguration {

    @Bean
    AggregateShell tenantErasureShell() {
        return new AggregateShell(TenantErasureAggregate.class);
    }

    @Bean
    TenantErasures tenantErasures(Commands commands) {
        return new TenantErasures(commands);
    }

    @Bean
    TenantErasureHeads tenantErasureHeads(DSLContext database) {
        return new TenantErasureHeads(database);
    }

    @Bean
    TenantErasureSaga tenantErasureSaga(
            TenantErasureHeads heads,
            TenantErasures erasures,
            DSLContext jooq,
            DataSource database,
            EventLog log,
            EventSealing sealing,
            LookupHash lookup,
            PlatformSigner signer,
            Clock clock,
            @Value("${byok.erasure.backup-horizon:60d}") Duration horizon) {
        return new TenantErasureSaga(
                heads,
                erasures,
                jooq,
                new YearOfUses(database, log, sealing, lookup),
                log,
                sealing,
                new Stores(database, log),
                signer,
                horizon,
                clock,
                place -> {});
    }
}
