package io.byok.command.access;

import io.byok.command.bus.AggregateShell;
import io.byok.command.bus.Commands;
import io.byok.command.bus.Ids;
import io.byok.command.head.IdempotencyRecords;
import io.byok.platform.access.TokenHasher;
import java.time.Clock;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the feature. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

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
    ApiTokenList apiTokenList(DSLContext database) {
        return new ApiTokenList(database);
    }
}
