package io.byok.command.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.StreamId;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.StoredEvent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several nodes append to one database while their sessions are killed. The checker knows what every caller was told and
 * compares it with what the log holds; a reader looks on all the while.
 */
class LogModelTest {

    private static final int NODES = 3;
    private static final int WRITERS = 24;
    private static final int ENTRIES = 25;

    private final LogFixture fixture = LogFixture.fresh();
    private final EventLog log = new EventLog(fixture.connections("checker"));
    private final Notes notes = new Notes();
    private final List<StreamId> shared = new ArrayList<>();
    private final Map<StreamId, Long> next = new ConcurrentHashMap<>();
    private final Collection<Told> history = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean(true);

    /** What a caller handed in, and what it was told: a place, or why not. */
    private record Told(
            List<SealedEvent> events,
            String note,
            @Nullable Appended place,
            @Nullable Throwable failure) {

        boolean doubtful() {
            return failure instanceof LogUnavailable away && away.outcomeUnknown();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    @Timeout(120)
    void what_was_acknowledged_is_there_once_and_positions_are_dense_in_the_order_of_commits(long seed)
            throws Exception {
        for (int i = 0; i < 6; i++) {
            shared.add(Events.stream());
        }
        List<Appender> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(new Appender(fixture.connections("node-" + i), Lane.FIRST));
        }
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> reader = others.submit(this::read);
            Future<?> prefix = others.submit(this::lookForHoles);
            Future<?> killer = others.submit(() -> kill(new Random(seed)));
            try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int w = 0; w < WRITERS; w++) {
                    Random random = new Random(seed * 1000 + w);
                    Appender node = nodes.get(w % NODES);
                    writers.execute(() -> write(node, random));
                }
            }
            running.set(false);
            reader.get();
            prefix.get();
            killer.get();
        }
        nodes.forEach(Appender::close);
        check();
    }

    private void write(Appender node, Random random) {
        for (int i = 0; i < ENTRIES; i++) {
            List<SealedEvent> events = events(random);
            String note = switch (random.nextInt(40)) {
                case 0, 1 -> "refused " + UUID.randomUUID();
                case 2 -> "too long " + "x".repeat(200);
                default -> "note " + UUID.randomUUID();
            };
            Told told;
            try {
                Entry entry = Events.entry(List.of(new Row<>(notes, note)), events.toArray(SealedEvent[]::new));
                told = new Told(events, note, node.append(entry), null);
                events.forEach(e -> next.merge(e.stream(), e.sequence() + 1, Math::max));
            } catch (RuntimeException e) {
                told = new Told(events, note, null, e);
                events.forEach(event -> next.put(
                        event.stream(), log.lastSequence(event.stream()).orElse(-1) + 1));
            }
            history.add(told);
        }
    }

    private List<SealedEvent> events(Random random) {
        List<SealedEvent> events = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            StreamId stream = random.nextInt(3) == 0 ? shared.get(random.nextInt(shared.size())) : Events.stream();
            if (events.stream().noneMatch(e -> e.stream().equals(stream))) {
                events.add(Events.event(stream, next.getOrDefault(stream, 0L)));
            }
        }
        return events;
    }

    private Void kill(Random random) throws InterruptedException {
        while (running.get()) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(40));
            fixture.kill("node-" + random.nextInt(NODES));
        }
        return null;
    }

    /** Follows the log as a consumer does, by one number. */
    private void read() {
        long position = 0;
        boolean last = false;
        while (!last) {
            last = !running.get();
            for (StoredEvent event : log.after(position, 50)) {
                assertThat(event.position()).isEqualTo(position + 1);
                position = event.position();
            }
        }
    }

    /** At every instant the log is a prefix: nothing is visible before what precedes it. */
    private Void lookForHoles() throws SQLException {
        try (Connection connection = fixture.connections("looker").getConnection();
                var query = connection.prepareStatement("select count(*), coalesce(max(position), 0) from log.event")) {
            while (running.get()) {
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    assertThat(row.getLong(1)).isEqualTo(row.getLong(2));
                }
            }
        }
        return null;
    }

    private void check() throws SQLException {
        Map<Long, UUID> stored = new HashMap<>();
        Map<StreamId, Long> sequences = new HashMap<>();
        for (StoredEvent event : log.after(0, 1_000_000)) {
            assertThat(event.position()).isEqualTo(stored.size() + 1L);
            assertThat(event.event().sequence()).isEqualTo(sequences.getOrDefault(event.event().stream(), 0L));
            sequences.put(event.event().stream(), event.event().sequence() + 1);
            stored.put(event.position(), event.event().eventId());
        }
        assertThat(new HashSet<>(stored.values())).hasSameSizeAs(stored.values());
        Set<UUID> ids = new HashSet<>(stored.values());
        Set<String> written = new HashSet<>();
        notes.read(fixture.connections("checker")).forEach(n -> written.add(n.substring(n.indexOf(' ') + 1)));
        int acknowledged = 0;
        for (Told told : history) {
            boolean there = ids.contains(told.events().getFirst().eventId());
            for (SealedEvent event : told.events()) {
                assertThat(ids.contains(event.eventId())).isEqualTo(there); // as a whole, or not at all
            }
            assertThat(written.contains(told.note())).isEqualTo(there);
            if (told.place() != null) {
                acknowledged++;
                for (int i = 0; i < told.events().size(); i++) {
                    assertThat(stored.get(told.place().firstPosition() + i))
                            .isEqualTo(told.events().get(i).eventId());
                }
            } else if (!told.doubtful()) {
                assertThat(there).as("%s", told.failure()).isFalse();
            }
        }
        assertThat(history).hasSize(WRITERS * ENTRIES);
        assertThat(acknowledged).isGreaterThan(WRITERS * ENTRIES / 3);
        assertThat(history).anyMatch(t -> t.failure() instanceof StreamConflict);
        assertThat(history).anyMatch(t -> t.failure() instanceof Refused);
        assertThat(history).anyMatch(t -> t.failure() instanceof IllegalStateException);
    }
}
