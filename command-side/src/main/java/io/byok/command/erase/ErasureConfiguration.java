package io.byok.command.erase;

import io.byok.command.bus.AggregateShell;
import io.byok.command.bus.Commands;
import io.byok.command.head.IdempotencyRecords;
import io.byok.command.store.EventLog;
import io.byok.platform.event.EventSealing;
import io.byok.platform.seal.PlatformSigner;
import io.byok.platform.seal.SealState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the feature. {@code byok.erasure.backup-horizon} is what certificates say of backups: after how long the operator
 * sees to it that none opens the destroyed keys.
 */
@Configuration(proxyBeanMethods = false)
class ErasureConfiguration {

    @Bean
    AggregateShell erasureShell() {
        return new AggregateShell(ErasureAggregate.class);
    }

    @Bean
    Erasures erasures(Commands commands, IdempotencyRecords idempotency) {
        return new Erasures(commands, idempotency);
    }

    @Bean
    ErasureHeads erasureHeads(DSLContext database) {
        return new ErasureHeads(database);
    }

    @Bean
    ErasureHistory erasureHistory(EventLog log, EventSealing sealing) {
        return new ErasureHistory(log, sealing);
    }

    @Bean
    ErasureSaga erasureSaga(
            ErasureHeads heads,
            Erasures erasures,
            ErasureHistory history,
            DataSource database,
            EventLog log,
            EventSealing sealing,
            PlatformSigner signer,
            Clock clock,
            @Value("${byok.erasure.backup-horizon:60d}") Duration horizon) {
        return new ErasureSaga(
                heads,
                erasures,
                new Inventory(database, log, sealing),
                history,
                new Stores(database, log),
                signer,
                horizon,
                clock,
                place -> {});
    }

    @Bean
    PublishedKey publishedKey(
            PlatformSigner signer, SealState seal, @Value("${byok.data-dir:.byok}/erasure-key.pub") Path file) {
        PublishedKey key = new PublishedKey(signer, file);
        seal.beforeServing(key::write);
        return key;
    }

    @Bean(initMethod = "start")
    ErasureTimer erasureTimer(
            ErasureSaga saga, TenantErasureSaga tenants, ErasureHeads heads, MeterRegistry metrics, Clock clock) {
        for (ErasureStatus status : ErasureStatus.values()) {
            Gauge.builder("byok.erasures", () -> counted(() -> heads.count(status)))
                    .description("erasures of end users, by how far they have come")
                    .tag("status", status.word())
                    .register(metrics);
        }
        Gauge.builder("byok.erasures.oldest", () -> counted(() -> age(heads, clock)))
                .description("how long ago the oldest erasure was asked for that is not over")
                .baseUnit("seconds")
                .register(metrics);
        return new ErasureTimer(saga, tenants);
    }

    @Bean
    ErasureHealth erasureHealthIndicator(ErasureHeads heads, ErasureSaga saga) {
        return new ErasureHealth(heads, saga);
    }

    private static double age(ErasureHeads heads, Clock clock) {
        return heads.oldest()
                .map(head -> (double)
                        Duration.between(head.requestedAt(), clock.instant()).toSeconds())
                .orElse(0.0);
    }

    private static double counted(DoubleSupplier count) {
        try {
            return count.getAsDouble();
        } catch (DataAccessException away) {
            return Double.NaN;
        }
    }
}
