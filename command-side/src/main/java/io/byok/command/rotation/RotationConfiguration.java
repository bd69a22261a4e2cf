package io.byok.command.rotation;

import io.byok.command.bus.AggregateShell;
import io.byok.command.bus.Commands;
import io.byok.command.bus.Ids;
import io.byok.command.vault.CredentialKeyRotation;
import io.byok.command.vault.CredentialKeyRows;
import io.byok.platform.seal.DataKeyRotation;
import io.byok.platform.seal.DataKeyRows;
import io.byok.platform.seal.Keyring;
import io.byok.platform.seal.RootRotation;
import io.byok.platform.seal.Roots;
import io.byok.platform.seal.TenantKekRotation;
import io.byok.platform.seal.TenantKeks;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the feature. */
@Configuration(proxyBeanMethods = false)
class RotationConfiguration {

    @Bean
    AggregateShell rotationShell() {
        return new AggregateShell(RotationAggregate.class);
    }

    @Bean
    RootRotation rootRotation(DataSource database, Roots roots) {
        return new RootRotation(database, roots);
    }

    @Bean
    Levels rotationLevels(DataSource database, RootRotation roots, TenantKeks keks, Keyring keyring) {
        return new Levels(
                roots,
                new TenantKekRotation(
                        database, keks, List.of(DataKeyRows.ofKeyring(database), CredentialKeyRows.of(database))),
                new DataKeyRotation(database, keyring, keks),
                new CredentialKeyRotation(database, keks));
    }

    @Bean
    RotationMetrics rotationMetrics(
            MeterRegistry registry,
            Levels levels,
            @Value("${byok.rotation.period:730d}") Duration period,
            Clock clock) {
        return new RotationMetrics(registry, levels, period, clock);
    }

    @Bean
    RotationJob rotationJob(
            DataSource database,
            Levels levels,
            Commands commands,
            RotationMetrics metrics,
            @Value("${byok.rotation.pause:0s}") Duration pause,
            Clock clock) {
        return new RotationJob(
                database, new RunTable(database), levels, new RotationLog(commands, clock), metrics, pause);
    }

    @Bean
    Rotations rotations(DataSource database, RootRotation roots, RotationJob job, Ids ids) {
        return new Rotations(new RunTable(database), roots, job, ids);
    }
}
