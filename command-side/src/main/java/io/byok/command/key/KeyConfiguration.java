package io.byok.command.key;

import io.byok.command.bus.AggregateShell;
import io.byok.command.bus.Commands;
import io.byok.command.head.IdempotencyRecords;
import io.byok.command.head.KeyHeads;
import io.byok.command.provider.Catalogue;
import io.byok.command.store.EventLog;
import io.byok.command.vault.CredentialTrial;
import io.byok.command.vault.CredentialVault;
import io.byok.platform.event.EventSealing;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the feature. {@code byok.key.rotate-after} is the age at which a credential should be rotated. */
@Configuration(proxyBeanMethods = false)
class KeyConfiguration {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    @Bean
    AggregateShell keyShell() {
        return new AggregateShell(KeyAggregate.class);
    }

    @Bean
    KeyIntake keyIntake(Catalogue catalogue, CredentialVault vault) {
        return new KeyIntake(catalogue, vault);
    }

    @Bean
    Keys keys(Commands commands, KeyHeads heads, IdempotencyRecords idempotency, CredentialVault vault) {
        return new Keys(commands, heads, new KeyRows(heads, idempotency, vault), vault);
    }

    @Bean
    Trials trials(CredentialTrial trial) {
        return new Trials(trial);
    }

    @Bean
    KeyAnswers keyAnswers(
            EventLog log, EventSealing sealing, @Value("${byok.key.rotate-after:90d}") Duration rotateAfter) {
        return new KeyAnswers(new KeyHistory(log, sealing), rotateAfter);
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService overlapEnds(KeyHeads heads, Keys keys, Clock clock) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("overlap-end").factory());
        timer.scheduleWithFixedDelay(
                new OverlapEnd(heads, keys, clock),
                LOOK_EVERY.toMillis(),
                LOOK_EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
        return timer;
    }
}
