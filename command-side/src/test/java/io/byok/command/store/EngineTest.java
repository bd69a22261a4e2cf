package io.byok.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.axonframework.eventsourcing.utils.EventStoreTestUtils.createEvent;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineTest {

    private final LogFixture fixture = LogFixture.fresh();
    private final DataSource database = fixture.connections("engine");
    private final EventLog log = new EventLog(database);
    private final Appender appender = new Appender(database, Lane.FIRST);
    private final Appender otherNode = new Appender(database, Lane.FIRST);
    private final PostgresEventStorageEngine engine =
            new PostgresEventStorageEngine(appender, log, new TextMessages(), new StreamMemory(1_000));

    @AfterEach
    void close() {
        GenericEventMessage.clock = Clock.systemUTC();
        appender.close();
        otherNode.close();
    }

    @Test
    void an_event_that_exists_already_is_a_concurrency_exception() {
        engine.appendEvents(createEvent("one", 0), createEvent("one", 1));
        assertThatThrownBy(() -> engine.appendEvents(createEvent("one", 1))).isInstanceOf(ConcurrencyException.class);
        assertThatThrownBy(() -> engine.appendEvents(createEvent("one", 0))).isInstanceOf(ConcurrencyException.class);
        assertThatThrownBy(() -> engine.appendEvents(createEvent("two", 0), createEvent("two", 0)))
                .isInstanceOf(ConcurrencyException.class);
        assertThat(engine.lastSequenceNumberFor("one")).hasValue(1L);
        assertThat(engine.lastSequenceNumberFor("two")).isEmpty();
    }

    @Test
    void rows_of_the_unit_of_work_are_written_with_its_events_and_the_position_is_left_on_it() throws Exception {
        Notes notes = new Notes();
        DefaultUnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(null);
        Alongsides.add(unit, List.of(new Row<>(notes, "beside")));
        unit.execute(() -> engine.appendEvents(createEvent("one", 0), createEvent("one", 1)));
        assertThat(PostgresEventStorageEngine.appended(unit)).hasValue(new Appended(1, 2));
        assertThat(notes.read(database)).containsExactly("2 beside");
        assertThat(Alongsides.take(unit)).isEmpty();
    }

    @Test
    void tracking_goes_on_over_any_number_of_pages() {
        int events = 2500;
        engine.appendEvents(
                IntStream.range(0, events).mapToObj(i -> createEvent("long", i)).toList());
        assertThat(engine.readEvents(null, false)
                        .map(m -> m.trackingToken().position().orElseThrow()))
                .hasSize(events)
                .startsWith(1L, 2L)
                .endsWith(2500L);
    }

    /**
     * Axon's JDBC engine loses an event here, for ever: a transaction with a lower index is still open while a later one
     * becomes visible, and by the message's own time (the writer's clock is behind) or by the reader's (it comes late) the
     * hole is older than the 60 s that holes are remembered for.
     */
    @ParameterizedTest(name = "writer {0} s, reader {1} s")
    @CsvSource({"-61, 0", "0, 61", "61, -61", "-3600, 0", "0, 3600", "3600, -3600"})
    void whatever_the_clocks_say_an_open_transaction_is_waited_for(long writer, long reader) throws Exception {
        engine.appendEvents(createEvent("before", 0));
        TrackingToken token = last(engine.readEvents(null, false).toList()).trackingToken();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        EventMessage<?> early = createEvent("early", 0);
        CompletableFuture<Appended> slow = otherNode.submit(
                Events.entry(List.of(new Row<>(new Open(inside, go), "open")), new TextMessages().seal(early)));
        inside.await();

        itIs(writer);
        EventMessage<?> late = createEvent("late", 0);
        CompletableFuture<Appended> quick = appender.submit(Events.entry(new TextMessages().seal(late)));
        itIs(reader);
        assertThat(engine.readEvents(token, false)).isEmpty();
        assertThat(quick).isNotDone();

        go.countDown();
        CompletableFuture.allOf(slow, quick).join();
        assertThat(engine.readEvents(token, false).map(EventMessage::getIdentifier))
                .containsExactly(early.getIdentifier(), late.getIdentifier());
    }

    private static void itIs(long seconds) {
        GenericEventMessage.clock = Clock.fixed(Instant.now().plus(Duration.ofSeconds(seconds)), ZoneOffset.UTC);
    }

    private static TrackedEventMessage<?> last(List<? extends TrackedEventMessage<?>> events) {
        return events.getLast();
    }

    /** Keeps its transaction open until told. */
    private record Open(CountDownLatch inside, CountDownLatch go) implements Alongside<String> {

        @Override
        public void write(Connection connection, List<Pending<String>> items) {
            inside.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
