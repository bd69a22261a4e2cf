package io.byok.command.validation;

import io.byok.command.bus.Ids;
import io.byok.command.head.KeyHeads;
import io.byok.command.head.TenantHeads;
import io.byok.command.head.UseRecorder;
import io.byok.command.provider.Catalogue;
import io.byok.command.provider.probe.Prober;
import io.byok.command.store.Appender;
import io.byok.command.vault.CredentialTrial;
import io.byok.command.vault.CredentialVault;
import io.byok.platform.event.EventSealing;
import io.byok.platform.outbound.Outbound;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the feature. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ValidationSettings.class)
class ValidationConfiguration {

    @Bean
    ValidationSwitch validationSwitch(@Value("${byok.enable.validation:true}") boolean on) {
        return new ValidationSwitch(on);
    }

    @Bean
    HealthRows healthRows(DSLContext database) {
        return new HealthRows(database);
    }

    @Bean
    DueRows dueRows(DSLContext database) {
        return new DueRows(database);
    }

    @Bean
    ValidationMetrics validationMetrics(MeterRegistry registry, Clock clock) {
        return new ValidationMetrics(registry, clock);
    }

    @Bean
    Validation validation(
            Catalogue catalogue,
            CredentialVault vault,
            UseRecorder uses,
            Outbound outbound,
            ValidationSettings settings,
            HealthRows rows,
            TenantHeads tenants,
            ValidationMetrics metrics,
            Appender appender,
            EventSealing sealing,
            Ids ids,
            Clock clock) {
        Prober prober = new Prober(catalogue, outbound, settings.timeout(), clock);
        return new Validation(
                catalogue,
                vault,
                uses,
                new Asking(prober, settings.atOncePerProvider(), metrics),
                tenants,
                new Schedule(settings.every(), () -> ThreadLocalRandom.current().nextDouble()),
                rows,
                appender,
                sealing,
                ids,
                clock);
    }

    @Bean
    Sweep sweep(
            Validation validation,
            DueRows rows,
            KeyHeads heads,
            TenantHeads tenants,
            Appender appender,
            EventSealing sealing,
            Ids ids,
            ValidationSettings settings,
            ValidationMetrics metrics,
            @Value("${byok.key.rotate-after:90d}") Duration rotateAfter,
            Clock clock) {
        return new Sweep(
                validation,
                rows,
                heads,
                tenants,
                appender,
                sealing,
                ids,
                settings.remindBefore(),
                rotateAfter,
                metrics,
                clock);
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService validationTimer(Sweep sweep, ValidationSwitch on, ValidationSettings settings) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("validation").factory());
        if (on.on()) {
            long look = settings.lookEvery().toMillis();
            timer.scheduleWithFixedDelay(sweep, look, look, TimeUnit.MILLISECONDS);
        }
        return timer;
    }

    @Bean
    LiveUse liveUse(
            HealthRows rows,
            DueRows due,
            ValidationSwitch on,
            Sweep sweep,
            @Qualifier("validationTimer") ScheduledExecutorService timer) {
        return new LiveUse(rows, due, on.on(), () -> timer.execute(sweep));
    }

    @Bean
    CredentialTrial credentialTrial(
            Validation validation,
            DueRows rows,
            ValidationSwitch on,
            Sweep sweep,
            @Qualifier("validationTimer") ScheduledExecutorService timer,
            Clock clock) {
        return new StoredTrial(validation, rows, on.on(), () -> timer.execute(sweep), clock);
    }
}
