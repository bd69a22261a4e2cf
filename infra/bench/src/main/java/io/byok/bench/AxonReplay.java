package io.byok.bench;

import io.byok.command.store.EventMetadata;
import io.byok.kernel.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.DataSourceConnectionProvider;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionStatus;

/**
 * Axon's pooled streaming processor over its JDBC store with plain JSON. All events of a tenant go to one segment, so
 * that no two segments meet in a row.
 */
final class AxonReplay implements AutoCloseable {

    private static final int CHUNK = 1_000;
    private static final SequencingPolicy<EventMessage<?>> BY_TENANT =
            message -> message.getMetaData().get(EventMetadata.TENANT);

    private final DataSource database;
    private final TransactionManager transactions;
    private final Serializer json = Jackson3Serializer.builder().build();
    private final JdbcEventStorageEngine engine;
    private final EmbeddedEventStore store;
    private final JdbcTokenStore tokens;
    private final AtomicLong handled = new AtomicLong();
    private long stored;

    AxonReplay(DataSource database) {
        this.database = database;
        this.transactions = transactions(new DataSourceTransactionManager(database));
        var connections = new DataSourceConnectionProvider(new TransactionAwareDataSourceProxy(database));
        engine = JdbcEventStorageEngine.builder()
                .eventSerializer(json)
                .snapshotSerializer(json)
                .connectionProvider(connections)
                .transactionManager(transactions)
                .schema(EventSchema.builder().build())
                .batchSize(CHUNK)
                .build();
        engine.createSchema(PostgresEventTableFactory.INSTANCE);
        store = EmbeddedEventStore.builder().storageEngine(engine).build();
        tokens = JdbcTokenStore.builder()
                .serializer(json)
                .connectionProvider(connections)
                .build();
        transactions.executeInTransaction(() -> tokens.createSchema(PostgresTokenTableFactory.INSTANCE));
        PeerTables.make(database);
    }

    private static TransactionManager transactions(DataSourceTransactionManager spring) {
        return () -> {
            TransactionStatus status = spring.getTransaction(null);
            return new Transaction() {
                @Override
                public void commit() {
                    spring.commit(status);
                }

                @Override
                public void rollback() {
                    spring.rollback(status);
                }
            };
        };
    }

    /** The same history as ours, as far as it goes. */
    void store(List<Envelope> events) {
        for (int from = 0; from < events.size(); from += CHUNK) {
            List<Envelope> part = events.subList(from, Math.min(events.size(), from + CHUNK));
            List<DomainEventMessage<?>> messages = new ArrayList<>();
            part.forEach(event -> messages.add(message(event)));
            DefaultUnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(null);
            unit.attachTransaction(transactions);
            unit.execute(() -> engine.appendEvents(messages));
        }
        stored += events.size();
    }

    private static DomainEventMessage<?> message(Envelope event) {
        return new GenericDomainEventMessage<>(
                event.stream().type().word(),
                event.stream().value().toString(),
                event.sequence(),
                new GenericEventMessage<>(
                        event.eventId().toString(),
                        event.event(),
                        EventMetadata.of(event.tenant(), event.subject(), event.by()),
                        event.event().at()),
                event.event()::at);
    }

    /**
     * Reads everything into empty read models.
     *
     * @return events per second
     */
    double run(int segments, int batch) throws InterruptedException {
        PeerTables.empty(database);
        handled.set(0);
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(segments + 1);
        PooledStreamingEventProcessor processor = PooledStreamingEventProcessor.builder()
                .name("peer-" + segments + "-" + batch)
                .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                        .eventHandlers(new PeerReadModels(new JdbcTemplate(database), handled))
                        .sequencingPolicy(BY_TENANT)
                        .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                        .build())
                .messageSource(store)
                .tokenStore(tokens)
                .transactionManager(transactions)
                .coordinatorExecutor(threads)
                .workerExecutor(threads)
                .initialSegmentCount(segments)
                .batchSize(batch)
                .initialToken(source -> source.createTailToken())
                .build();
        long begin = System.nanoTime();
        processor.start();
        while (handled.get() < stored) {
            LockSupport.parkNanos(5_000_000);
            if (System.nanoTime() - begin > 600e9) {
                throw new IllegalStateException("the peer handled " + handled + " of " + stored + " events");
            }
        }
        double rate = stored / ((System.nanoTime() - begin) / 1e9);
        processor.shutDown();
        threads.shutdownNow();
        return rate;
    }

    @Override
    public void close() {
        store.shutDown();
    }
}
