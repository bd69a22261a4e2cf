package io.byok.command.retention;

import io.byok.command.bus.AggregateShell;
import io.byok.command.bus.Commands;
import io.byok.command.head.YearOfUses;
import io.byok.command.store.EventLog;
import io.byok.platform.event.EventSealing;
import io.byok.platform.seal.LookupHash;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the feature. */
@Configuration(proxyBeanMethods = false)
class RetentionConfiguration {

    @Bean
    AggregateShell retentionShell() {
        return new AggregateShell(RetentionAggregate.class);
    }

    /**
     * What lets go.
     *
     * @param least the fewest days of any policy, and the days of one that names none
     * @param grace from a policy to its first effect
     */
    @Bean
    Retentions retentions(
            Commands commands,
            DSLContext jooq,
            DataSource database,
            EventLog log,
            EventSealing sealing,
            LookupHash lookup,
            Clock clock,
            @Value("${byok.audit.retention:2555d}") Duration least,
            @Value("${byok.audit.retention-grace:24h}") Duration grace) {
        return new Retentions(
                commands,
                jooq,
                log,
                sealing,
                new YearOfUses(database, log, sealing, lookup),
                Math.max(1, Math.toIntExact(least.toDays())),
                grace,
                clock);
    }

    @Bean(initMethod = "start")
    RetentionTimer retentionTimer(Retentions retentions, @Value("${byok.audit.retention-period:1h}") Duration period) {
        return new RetentionTimer(retentions, period);
    }
}
