package io.byok.command.store;

import static io.byok.command.store.Events.entry;
import static io.byok.command.store.Events.event;
import static io.byok.command.store.Events.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.byok.kernel.StreamId;
import io.byok.kernel.SubjectId;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AppenderTest {

    private static final String NAME = "appender-test";
    private static final SubjectId SUBJECT = new SubjectId(new UUID(1, 7));

    private LogFixture fixture;
    private DataSource database;
    private EventLog log;
    private Appender appender;

    @BeforeEach
    void open() {
        fixture = LogFixture.fresh();
        database = fixture.connections(NAME);
        log = new EventLog(database);
        appender = new Appender(database, Lane.FIRST);
    }

    @AfterEach
    void close() {
        appender.close();
    }

    @Test
    void many_of_one_transaction_are_read_back_unchanged_whether_about_a_user_or_about_nobody() {
        StreamId stream = stream();
        SealedEvent[] events = IntStream.range(0, 300)
                .mapToObj(i -> about(i % 3 == 0 ? null : SUBJECT, event(stream, i, new byte[i])))
                .toArray(SealedEvent[]::new);
        assertThat(appender.append(entry(events))).isEqualTo(new Appended(1, 300));
        List<StoredEvent> read = log.stream(stream, 0);
        assertThat(read)
                .extracting(StoredEvent::position)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 300).boxed().toList());
        assertThat(read)
                .extracting(StoredEvent::event)
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(events);
    }

    private static SealedEvent about(@Nullable SubjectId subject, SealedEvent event) {
        return new SealedEvent(
                event.eventId(),
                event.tenant(),
                subject,
                event.stream(),
                event.sequence(),
                event.name(),
                event.occurredAt(),
                event.payload());
    }

    @Test
    void what_was_appended_is_read_back_unchanged_at_the_position_that_was_answered() {
        StreamId stream = stream();
        SealedEvent first = event(stream, 0);
        SealedEvent second = event(stream, 1, new byte[0]);
        assertThat(appender.append(entry(first))).isEqualTo(new Appended(1, 1));
        assertThat(appender.append(entry(second, event(stream, 2)))).isEqualTo(new Appended(2, 3));

        StoredEvent read = log.stream(stream, 0).getFirst();
        assertThat(read.position()).isEqualTo(1);
        assertThat(read.event()).usingRecursiveComparison().isEqualTo(first);
        assertThat(log.after(1, 1).getFirst().event())
                .usingRecursiveComparison()
                .isEqualTo(second);
        assertThat(log.lastPosition()).isEqualTo(3);
        assertThat(log.lastSequence(stream)).hasValue(2);
    }

    @Test
    void an_event_that_is_not_the_next_of_its_stream_is_refused_alone() {
        StreamId stream = stream();
        appender.append(entry(event(stream, 0)));
        List<CompletableFuture<Appended>> answers = inOneBatch(
                entry(event(stream(), 0)),
                entry(event(stream, 0)), // taken
                entry(event(stream, 2)), // one is missing before it
                entry(event(stream, 1)),
                entry(event(stream, 1)), // its neighbour was first
                entry(event(stream(), 0), event(stream, 1))); // half of it would fit
        assertThat(failures(answers))
                .containsExactly(
                        null,
                        StreamConflict.class,
                        StreamConflict.class,
                        null,
                        StreamConflict.class,
                        StreamConflict.class);
        assertThat(log.lastPosition()).isEqualTo(3);
        assertThat(log.stream(stream, 0)).hasSize(2);
    }

    @Test
    void rows_stand_with_the_events_or_not_at_all() throws Exception {
        Notes notes = new Notes();
        List<CompletableFuture<Appended>> answers = inOneBatch(
                entry(List.of(new Row<>(notes, "good")), event(stream(), 0)),
                entry(List.of(new Row<>(notes, "refused")), event(stream(), 0)),
                entry(List.of(new Row<>(notes, "good too")), event(stream(), 0)),
                entry(List.of(new Row<>(notes, "out of place")), event(stream(), 7)),
                entry(List.of(new Row<>(notes, "alone"))));
        assertThat(failures(answers)).containsExactly(null, Refused.class, null, StreamConflict.class, null);
        assertThat(notes.read(database)).containsExactly("1 good", "2 good too", "2 alone");
        assertThat(answers.getLast().join()).isEqualTo(new Appended(3, 2));
        assertThat(log.lastPosition()).isEqualTo(2);
    }

    @Test
    void an_entry_that_breaks_the_transaction_fails_alone_and_the_database_is_not_quoted() throws Exception {
        Notes notes = new Notes();
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            entries.add(entry(
                    List.of(new Row<>(notes, i == 13 ? "too long".repeat(100) : "n" + i)), event(stream(), 0)));
        }
        List<CompletableFuture<Appended>> answers = inOneBatch(entries.toArray(Entry[]::new));
        assertThat(failures(answers)).filteredOn(f -> f != null).containsExactly(IllegalStateException.class);
        assertThat(catchThrowable(() -> answers.get(13).join()))
                .hasMessageContaining("SQLSTATE 22001")
                .hasMessageNotContaining("too long");
        assertThat(notes.read(database)).hasSize(19);
        assertThat(log.lastPosition()).isEqualTo(19);
    }

    @Test
    void a_neighbour_is_not_refused_for_the_sake_of_an_entry_that_is_not_written() throws Exception {
        // Both carry the same note; the first is admitted and then turns out not to fit its stream.
        Notes unique = new Notes();
        List<CompletableFuture<Appended>> answers = inOneBatch(
                entry(List.of(new Row<>(unique, "once")), event(stream(), 5)),
                entry(List.of(new Row<>(unique, "once")), event(stream(), 0)));
        assertThat(failures(answers)).containsExactly(StreamConflict.class, null);
        assertThat(unique.read(database)).containsExactly("1 once");
    }

    @Test
    void a_killed_session_costs_nobody_anything() {
        StreamId stream = stream();
        for (int i = 0; i < 10; i++) {
            appender.append(entry(event(stream, i)));
            fixture.kill(NAME);
        }
        assertThat(log.lastPosition()).isEqualTo(10);
    }

    @Test
    void a_full_queue_turns_away_at_once() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (Appender small = new Appender(database, Lane.FIRST, Sequences.DENSE, 2, Duration.ofSeconds(5))) {
            CompletableFuture<Appended> slow = small.submit(waiting(inside, go));
            inside.await();
            var first = small.submit(entry(event(stream(), 0)));
            var second = small.submit(entry(event(stream(), 0)));
            assertThatThrownBy(() -> small.append(entry(event(stream(), 0)))).isInstanceOf(LogUnavailable.class);
            go.countDown();
            assertThat(slow.join().lastPosition()).isEqualTo(1);
            assertThat(first.join().lastPosition()).isEqualTo(2);
            assertThat(second.join().lastPosition()).isEqualTo(3);
        }
        assertThat(log.lastPosition()).isEqualTo(3);
    }

    @Test
    void a_closed_appender_writes_what_it_took_and_takes_no_more() {
        CompletableFuture<Appended> last = appender.submit(entry(event(stream(), 0)));
        appender.close();
        assertThat(last.join().lastPosition()).isEqualTo(1);
        assertThatThrownBy(() -> appender.append(entry(event(stream(), 0)))).isInstanceOf(LogUnavailable.class);
    }

    @Test
    void history_cannot_be_changed() throws Exception {
        appender.append(entry(event(stream(), 0)));
        try (Connection connection = database.getConnection()) {
            for (String change : List.of(
                    "update log.event set payload = ''",
                    "delete from log.event",
                    "truncate log.event",
                    "truncate log.event_p0",
                    "delete from log.event_p0")) {
                assertThatThrownBy(() -> connection.createStatement().execute(change))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("append-only");
            }
        }
    }

    /** Holds the appender with one entry until all the others wait behind it, so that they share a transaction. */
    private List<CompletableFuture<Appended>> inOneBatch(Entry... entries) {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Appended> first = appender.submit(waiting(inside, go, new SealedEvent[0]));
        try {
            inside.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        List<CompletableFuture<Appended>> answers = new ArrayList<>();
        for (Entry entry : entries) {
            answers.add(appender.submit(entry));
        }
        go.countDown();
        first.join();
        return answers;
    }

    private static Entry waiting(CountDownLatch inside, CountDownLatch go) {
        return waiting(inside, go, event(stream(), 0));
    }

    private static Entry waiting(CountDownLatch inside, CountDownLatch go, SealedEvent... events) {
        return new Entry() {
            @Override
            public List<Row<?>> rows() {
                inside.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return List.of();
            }

            @Override
            public List<SealedEvent> events() {
                return List.of(events);
            }
        };
    }

    private static List<@Nullable Class<?>> failures(List<CompletableFuture<Appended>> answers) {
        List<@Nullable Class<?>> failures = new ArrayList<>();
        for (CompletableFuture<Appended> answer : answers) {
            Throwable failure = catchThrowable(answer::join);
            Throwable cause = failure == null ? null : failure.getCause();
            failures.add(cause == null ? null : cause.getClass());
        }
        return failures;
    }
}
