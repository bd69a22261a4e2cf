package io.byok.command.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStoreTest;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * Axon's contract for embedded event stores, over this engine on a real PostgreSQL. The engine keeps no snapshots; the
 * contract's two tests of them are about how events follow one, so the snapshots are kept here.
 */
class AxonStoreContractTest extends EmbeddedEventStoreTest {

    private @Nullable Appender appender;

    @Override
    public EventStorageEngine createStorageEngine() {
        close();
        var database = LogFixture.fresh().connections("contract");
        // The contract begins streams anywhere; the product, stricter, does not.
        appender = new Appender(database, Lane.FIRST, Sequences.ASCENDING, 100, Duration.ofSeconds(5));
        return new WithSnapshots(new PostgresEventStorageEngine(
                appender, new EventLog(database), new TextMessages(), new StreamMemory(1_000)));
    }

    @AfterEach
    void close() {
        if (appender != null) {
            appender.close();
        }
    }

    static class WithSnapshots implements EventStorageEngine {

        private final EventStorageEngine events;
        private final Map<String, DomainEventMessage<?>> snapshots = new HashMap<>();

        WithSnapshots(EventStorageEngine events) {
            this.events = events;
        }

        @Override
        public void storeSnapshot(DomainEventMessage<?> snapshot) {
            snapshots.put(snapshot.getAggregateIdentifier(), snapshot);
        }

        @Override
        public Optional<DomainEventMessage<?>> readSnapshot(String aggregate) {
            return Optional.ofNullable(snapshots.get(aggregate));
        }

        @Override
        public void appendEvents(List<? extends EventMessage<?>> list) {
            events.appendEvents(list);
        }

        @Override
        public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
            return events.readEvents(token, mayBlock);
        }

        @Override
        public DomainEventStream readEvents(String aggregate, long first) {
            return events.readEvents(aggregate, first);
        }

        @Override
        public Optional<Long> lastSequenceNumberFor(String aggregate) {
            return events.lastSequenceNumberFor(aggregate);
        }

        @Override
        public TrackingToken createTailToken() {
            return events.createTailToken();
        }

        @Override
        public TrackingToken createHeadToken() {
            return events.createHeadToken();
        }

        @Override
        public TrackingToken createTokenAt(Instant time) {
            return events.createTokenAt(time);
        }
    }
}
