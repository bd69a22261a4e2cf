package io.byok.command.chain;

import io.byok.command.bus.AggregateShell;
import io.byok.command.bus.Commands;
import io.byok.command.bus.Ids;
import io.byok.command.head.ChainHeads;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the feature. */
@Configuration(proxyBeanMethods = false)
class ChainConfiguration {

    @Bean
    AggregateShell chainShell() {
        return new AggregateShell(ChainAggregate.class);
    }

    @Bean
    Chains chains(Commands commands, ChainHeads heads, Ids ids, Clock clock) {
        return new Chains(commands, heads, ids, clock);
    }
}
