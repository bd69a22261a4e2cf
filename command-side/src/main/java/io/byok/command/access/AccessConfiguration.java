package io.byok.command.access;

import io.byok.command.bus.AggregateShell;
import io.byok.command.bus.Commands;
import io.byok.command.bus.Ids;
import io.byok.command.head.IdempotencyRecords;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.store.Appender;
import io.byok.platform.access.TokenHasher;
import io.byok.platform.end.Ending;
import io.byok.platform.event.EventSealing;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the feature. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    private static final int SWEEP_SECONDS = 5;

    @Bean
    AggregateShell apiTokenShell() {
        return new AggregateShell(ApiTokenAggregate.class);
    }

    @Bean
    ApiTokens apiTokens(
            Commands commands,
            IdempotencyRecords idempotency,
            TokenHasher hasher,
            ApiTokenList list,
            Ids ids,
            Clock clock) {
        return new ApiTokens(commands, idempotency, hasher, list, ids, clock);
    }

    @Bean
    ApiTokenIntake apiTokenIntake(SubjectDirectory subjects) {
        return new ApiTokenIntake(subjects);
    }

    @Bean
    DenialLog denialLog(Appender appender, EventSealing sealing, Ids ids) {
        return new DenialLog(appender, sealing, ids);
    }

    @Bean
    DeniedAttempts deniedAttempts(DenialLog log, Clock clock) {
        return new DeniedAttempts(log, clock);
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService deniedAttemptsSweep(DeniedAttempts denied) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("denied-attempts").factory());
        timer.scheduleWithFixedDelay(denied::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        return timer;
    }

    @Bean
    Ending deniedAttemptsEnding(DeniedAttempts denied, DenialLog log) {
        return new Ending(Ending.Step.WRITE, () -> {
            denied.end();
            log.close();
        });
    }

    @Bean
    ApiTokenList apiTokenList(DSLContext database) {
        return new ApiTokenList(database);
    }
}
