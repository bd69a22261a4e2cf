package io.byok.command.bus;

import io.byok.command.store.Appender;
import io.byok.command.store.EventLog;
import io.byok.command.store.PrefixedStreamNames;
import java.util.List;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Axon wired by hand: what its Spring starter would add (JDBC stores, token stores, serializers, an update check that
 * calls home) is exactly what we do not use.
 */
@Configuration(proxyBeanMethods = false)
public class BusConfiguration {

    @Bean(destroyMethod = "shutDown")
    public EventStore axonEventStore(EventStorageEngine engine) {
        return EmbeddedEventStore.builder().storageEngine(engine).build();
    }

    /**
     * Without a transaction of its own: a command's one transaction is the appender's, shared with its neighbours. One
     * opened here would hold a connection for nothing while the batch is written.
     */
    @Bean
    public CommandBus commandBus(EventStore events, List<AggregateShell> shells) {
        SimpleCommandBus bus = SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.INSTANCE)
                .build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(Aggregates.correlation()));
        Aggregates aggregates = new Aggregates(bus, events, new PrefixedStreamNames());
        shells.forEach(shell -> aggregates.subscribe(shell.type()));
        return bus;
    }

    @Bean
    public Ids ids() {
        return new Ids();
    }

    @Bean
    public Commands commands(CommandBus bus, Appender appender, EventLog log, Gate gate) {
        return new Commands(bus, appender, log, gate);
    }
}
