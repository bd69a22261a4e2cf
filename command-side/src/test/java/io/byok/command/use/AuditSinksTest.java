package io.byok.command.use;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.command.CommandSideFixture;
import io.byok.command.bus.Ids;
import io.byok.command.key.KeyFixture;
import io.byok.command.sink.ScriptedSegments;
import io.byok.command.sink.ScriptedSegments.Trouble;
import io.byok.command.store.EventLog;
import io.byok.command.store.Recorder;
import io.byok.kernel.TenantId;
import io.byok.platform.web.Caller;
import io.byok.platform.web.Scopes;
import io.byok.platform.web.Unavailable;
import io.byok.testkit.FaultyPostgres;
import io.byok.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** P2 with two sinks that fail and hang under load; what got out is counted by those who asked. */
@Timeout(120)
class AuditSinksTest {

    private static final int CALLERS = 24;
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final ScriptedSegments disk = new ScriptedSegments();
    private final AtomicInteger handedOut = new AtomicInteger();
    private final AtomicInteger unrecorded = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @TempDir
    private Path data;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void while_a_required_sink_fails_nothing_leaves_and_then_everything_goes_on(Trouble trouble) throws Exception {
        TestDatabase database = CommandSideFixture.freshDatabase();
        try (CommandSideFixture node = new CommandSideFixture(database, data, log -> disk.sink(log, true, PATIENCE));
                Load load = new Load(node, true)) {
            load.untilHandedOut(200);
            disk.suffer(trouble);
            load.untilRefused(200);
            int before = handedOut.get();
            load.untilRefused(refused.get() + 200);
            assertThat(handedOut).as("what got out while the sink failed").hasValue(before);
            disk.suffer(Trouble.NONE);
            load.untilHandedOut(before + 200);
            load.end();
            assertThat(unrecorded).as("what got out before it was in the file").hasValue(0);
            complete(node.get(EventLog.class));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void a_sink_that_is_not_required_is_passed_over_and_catches_up(Trouble trouble) throws Exception {
        TestDatabase database = CommandSideFixture.freshDatabase();
        try (CommandSideFixture node = new CommandSideFixture(database, data, log -> disk.sink(log, false, PATIENCE));
                Load load = new Load(node, false)) {
            load.untilHandedOut(100);
            disk.suffer(trouble);
            load.untilHandedOut(handedOut.get() + 500);
            disk.suffer(Trouble.NONE);
            load.untilHandedOut(handedOut.get() + 500);
            load.end();
            assertThat(refused).hasValue(0);
            complete(node.get(EventLog.class));
        }
    }

    @Test
    void with_both_sinks_hanging_nothing_leaves_nobody_waits_for_long_and_it_goes_on_by_itself() throws Exception {
        try (FaultyPostgres postgres = FaultyPostgres.running()) {
            TestDatabase database = postgres.database();
            Flyway.configure()
                    .dataSource(database.dataSource())
                    .locations("db/platform", "db/command")
                    .load()
                    .migrate();
            try (CommandSideFixture node =
                            new CommandSideFixture(database, data, log -> disk.sink(log, true, PATIENCE));
                    Load load = new Load(node, true)) {
                load.untilHandedOut(100);
                postgres.freeze();
                load.untilRefused(CALLERS);
                int before = handedOut.get();
                disk.suffer(Trouble.HANGING);
                load.untilRefused(refused.get() + CALLERS);
                assertThat(handedOut).as("what got out while both hung").hasValue(before);
                postgres.thaw();
                load.untilDown(node.get(Recorder.class));
                load.untilRefused(refused.get() + CALLERS); // the database alone is not enough
                assertThat(handedOut).hasValue(before);
                disk.suffer(Trouble.NONE);
                load.untilHandedOut(before + 100);
                load.end();
                assertThat(unrecorded).hasValue(0);
                complete(node.get(EventLog.class));
            }
        }
    }

    /** Every position of the log comes to be on the disk, and nothing beyond it. */
    private void complete(EventLog log) throws InterruptedException {
        Set<Long> all = new TreeSet<>(LongStream.rangeClosed(1, log.lastPosition())
                .filter(position -> position > 0)
                .boxed()
                .toList());
        while (!new TreeSet<>(disk.positions()).equals(all)) {
            Thread.sleep(50); // the sink copies what it missed; the test's own limit ends this
        }
    }

    /** Callers that ask for a secret again and again. */
    private final class Load implements AutoCloseable {

        private final AtomicBoolean over = new AtomicBoolean();
        private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        private final List<Future<?>> running = new ArrayList<>();

        Load(CommandSideFixture node, boolean required) {
            TenantId tenant = node.get(Ids.class).tenant();
            Caller caller = new Caller(tenant, node.get(Ids.class).token(), Set.of(Scopes.KEYS_RESOLVE), "req-1");
            new KeyFixture(node, tenant).add("ada", "secret");
            Resolver resolver = node.get(Resolver.class);
            for (int i = 0; i < CALLERS; i++) {
                running.add(callers.submit(() -> {
                    while (!over.get()) {
                        ask(resolver, caller, required);
                    }
                }));
            }
        }

        private void ask(Resolver resolver, Caller caller, boolean required) {
            ResolveRequest request = ResolveRequest.first("ada", "openai", "production", "test");
            try (Resolved resolved = resolver.resolve(caller, request)) {
                if (required && !disk.positions().contains(resolved.position())) {
                    unrecorded.incrementAndGet();
                }
                handedOut.incrementAndGet();
            } catch (Unavailable no) {
                assertThat(no.code()).isEqualTo("audit-unavailable");
                refused.incrementAndGet();
                pause();
            }
        }

        void untilHandedOut(int number) {
            await(handedOut, number);
        }

        void untilDown(Recorder sink) {
            while (ScriptedSegments.isUp(sink)) {
                pause();
            }
        }

        void untilRefused(int number) {
            await(refused, number);
        }

        private void await(AtomicInteger count, int number) {
            while (count.get() < number && running.stream().noneMatch(Future::isDone)) {
                pause();
            }
        }

        private void pause() {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void end() throws Exception {
            over.set(true);
            for (Future<?> caller : running) {
                caller.get();
            }
        }

        @Override
        public void close() {
            over.set(true);
            callers.shutdown();
        }
    }
}
