package io.byok.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.axonframework.eventsourcing.utils.EventStoreTestUtils.createEvent;

import java.time.Duration;
import org.axonframework.eventsourcing.eventstore.EventStorageEngineTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Axon's own contract for storage engines, as the framework publishes it, on a real PostgreSQL.
 *
 * <p>{@link AxonStoreContractTest} is the one for stores. The others do not apply: {@code AbstractEventStorageEngineTest} and
 * {@code BatchingEventStorageEngineTest} are bound by their types to subclasses of Axon's own base classes (serializer,
 * upcaster chain, exception resolver, snapshot filter, batch size), none of which this engine has. What they ask of any
 * engine is asked in {@link EngineTest}.
 */
class AxonContractTest extends EventStorageEngineTest {

    private Appender appender;
    private PostgresEventStorageEngine engine;

    @BeforeEach
    void open() {
        var database = LogFixture.fresh().connections("contract");
        // The contract begins streams anywhere; the product, stricter, does not.
        appender = new Appender(database, Lane.FIRST, Sequences.ASCENDING, 100, Duration.ofSeconds(5));
        engine = new PostgresEventStorageEngine(
                appender, new EventLog(database), new TextMessages(), new StreamMemory(1_000));
        setTestSubject(engine);
    }

    @AfterEach
    void close() {
        appender.close();
    }

    /** The one rule of the contract that is not kept, on purpose: there are no snapshots. */
    @Test
    @Override
    public void storeAndLoadSnapshot() {
        assertThatThrownBy(() -> engine.storeSnapshot(createEvent(0)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(engine.readSnapshot("aggregate")).isEmpty();
    }
}
