package io.byok.command.store;

import io.byok.platform.event.EventSealing;
import io.byok.platform.seal.DataKeyKind;
import io.byok.platform.seal.KeyNode;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the log. The appender's connection is its own; reading uses the pool of the requests. */
@Configuration(proxyBeanMethods = false)
public class StoreConfiguration {

    private static final int MOST_REMEMBERED = 50_000;

    /** Starts after the migrations, and only when {@link StartChecks} allow it. */
    @Bean
    @DependsOnDatabaseInitialization
    Appender appender(
            @Value("${spring.datasource.url}") String url,
            @Value("${spring.datasource.username:}") String user,
            @Value("${spring.datasource.password:}") String password,
            Recorder recorder) {
        DataSource database = LogConnections.of(url, user, password, "byok-appender");
        StartChecks.check(database, InstantSource.system());
        return new Appender(database, Lane.FIRST, recorder);
    }

    @Bean
    EventLog eventLog(DataSource database) {
        return new EventLog(database);
    }

    @Bean
    EventMessages eventMessages(EventSealing sealing) {
        return new SealedMessages(sealing, new PrefixedStreamNames());
    }

    @Bean
    EventStorageEngine eventStorageEngine(
            Appender appender, EventLog log, EventMessages messages, StreamMemory memory) {
        return new PostgresEventStorageEngine(appender, log, messages, memory);
    }

    @Bean
    StreamMemory streamMemory(KeyNode node) {
        StreamMemory memory = new StreamMemory(MOST_REMEMBERED);
        node.alsoForgets(destroyed -> {
            if (destroyed.kind() != DataKeyKind.CREDENTIAL) { // those open no event
                memory.forgetAll();
            }
        });
        return memory;
    }

    @Bean
    MeterBinder streamMemoryMetrics(StreamMemory memory) {
        return registry -> CaffeineCacheMetrics.monitor(registry, memory.cache(), "byok.streams");
    }
}
