package io.byok.command.trail;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.command.CommandSideFixture;
import io.byok.command.bus.Ids;
import io.byok.command.store.EventLog;
import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.trail.TrailEvent;
import io.byok.kernel.trail.TrailEvent.AuditRead;
import io.byok.kernel.trail.TrailEvent.ReplayEnded;
import io.byok.kernel.trail.TrailEvent.ReplayStarted;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.Opened;
import io.byok.platform.event.StoredEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the query side has said is brought to the log, on a real database, with a clock that the test moves. */
class ReadingsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final UUID KEY = new UUID(3, 3);
    private static final UUID SUBJECT = new UUID(5, 5);

    @TempDir
    private static Path data;

    private static CommandSideFixture side;

    private TenantId tenant;

    @BeforeAll
    static void start() {
        side = new CommandSideFixture(CommandSideFixture.freshDatabase(), data);
    }

    @AfterAll
    static void stop() {
        side.close();
    }

    @BeforeEach
    void a_tenant() {
        tenant = side.get(Ids.class).tenant();
        database().execute("truncate log.reading, log.replay_note");
    }

    private static DSLContext database() {
        return side.get(DSLContext.class);
    }

    private void read(int times, Instant at) {
        for (int i = 0; i < times; i++) {
            database()
                    .execute(
                            "insert into log.reading as r (tenant, actor, operation, key, subject, opened_at, first_at,"
                                    + " times) values (?, 'tok_1', 'GET /v1/audit/events', ?, ?, {0}, {0}, 1)"
                                            .replace("{0}", "'" + at + "'")
                                    + " on conflict (tenant, actor, operation, key, subject) do update"
                                    + " set times = r.times + 1, first_at = coalesce(r.first_at, excluded.first_at)",
                            tenant.value(),
                            KEY,
                            SUBJECT);
        }
    }

    private static void sweep(Instant at) {
        readings(at).sweep();
    }

    private static Readings readings(Instant at) {
        return new Readings(database(), side.get(TrailLog.class), Clock.fixed(at, ZoneOffset.UTC));
    }

    private List<TrailEvent> written() {
        EventLog log = side.get(EventLog.class);
        List<TrailEvent> events = new ArrayList<>();
        for (StoredEvent stored : log.after(0, 1_000)) {
            if (stored.event().tenant().equals(tenant)
                    && side.get(EventSealing.class).open(stored.event()) instanceof Opened.Clear clear
                    && clear.envelope().event() instanceof TrailEvent event) {
                events.add(event);
            }
        }
        return events;
    }

    private static AuditRead event(long times, Instant first, Instant at) {
        return new AuditRead("GET /v1/audit/events", new KeyId(KEY), new SubjectId(SUBJECT), times, first, at);
    }

    @Test
    void the_first_read_is_in_the_log_at_once_and_those_after_it_as_one_when_the_window_ends() {
        read(1, NOW);
        sweep(NOW);
        read(41, NOW.plusSeconds(5));
        sweep(NOW.plusSeconds(10));
        assertThat(written()).containsExactly(event(1, NOW, NOW));
        Instant end = NOW.plus(Readings.WINDOW);
        sweep(end);
        assertThat(written()).containsExactly(event(1, NOW, NOW), event(41, NOW.plusSeconds(5), end));
        assertThat(database().fetchCount(DSL.table("log.reading")))
                .as("kept while a window is open")
                .isOne();
        sweep(end.plus(Readings.WINDOW));
        assertThat(database().fetchCount(DSL.table("log.reading"))).isZero();
        assertThat(written()).hasSize(2);
    }

    @Test
    void nodes_that_sweep_at_once_write_each_read_once() {
        int reads = 25;
        for (int i = 0; i < reads; i++) {
            database()
                    .execute(
                            "insert into log.reading (tenant, actor, operation, opened_at, first_at, times)"
                                    + " values (?, ?, 'GET /v1/audit/events', now(), now(), 1)",
                            tenant.value(),
                            "tok_" + i);
        }
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int node = 0; node < 4; node++) {
                nodes.execute(() -> sweep(NOW));
            }
        }
        assertThat(written()).hasSize(reads);
    }

    @Test
    void a_replay_is_in_the_log_when_it_begins_and_when_it_has_ended_once_each() {
        for (String outcome : new String[] {"null", "'equal'"}) {
            database()
                    .execute(
                            "insert into log.replay_note (tenant, actor, replay, projection, mode, outcome, position, at)"
                                    + " values (?, 'tok_1', 'rpl_1', 'audit', 'verify', " + outcome + ", 7, '" + NOW
                                    + "')",
                            tenant.value());
        }
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int node = 0; node < 4; node++) {
                nodes.execute(() -> new ReplayNotes(database(), side.get(TrailLog.class)).sweep());
            }
        }
        new ReplayNotes(database(), side.get(TrailLog.class)).sweep();
        assertThat(written())
                .containsExactly(
                        new ReplayStarted("rpl_1", "audit", "verify", NOW),
                        new ReplayEnded("rpl_1", "audit", "verify", "equal", 7, NOW));
        assertThat(database().fetchCount(DSL.table("log.replay_note"))).isZero();
    }
}
