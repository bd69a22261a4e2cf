package io.byok.command.hold;

import io.byok.command.bus.AggregateShell;
import io.byok.command.bus.Commands;
import io.byok.command.head.IdempotencyRecords;
import io.byok.command.store.EventLog;
import io.byok.platform.event.EventSealing;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the feature. */
@Configuration(proxyBeanMethods = false)
class HoldConfiguration {

    @Bean
    AggregateShell holdShell() {
        return new AggregateShell(HoldAggregate.class);
    }

    @Bean
    Holds holds(
            Commands commands,
            IdempotencyRecords idempotency,
            EventLog log,
            EventSealing sealing,
            DSLContext database) {
        return new Holds(commands, idempotency, log, sealing, database);
    }
}
