package io.byok.command.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.command.CommandSideFixture;
import io.byok.command.bus.Commands;
import io.byok.command.bus.Ids;
import io.byok.command.key.KeyFixture;
import io.byok.command.store.EventLog;
import io.byok.kernel.Rejection;
import io.byok.kernel.RotationId;
import io.byok.kernel.StreamId;
import io.byok.kernel.TenantId;
import io.byok.platform.seal.KeyLevel;
import io.byok.platform.seal.RootRotation;
import io.byok.platform.web.Caller;
import io.byok.testkit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who runs a rotation, and who goes on with it. */
class RotationJobTest {

    private static final int KEYS = 6;

    @TempDir
    private Path data;

    private TestDatabase database;
    private CommandSideFixture one;
    private CommandSideFixture two;
    private TenantId tenant;

    @BeforeEach
    void startTwoNodes() {
        database = CommandSideFixture.freshDatabase();
        one = new CommandSideFixture(database, data);
        two = new CommandSideFixture(database, data);
        tenant = one.get(Ids.class).tenant();
        KeyFixture keys = new KeyFixture(one, tenant);
        for (int i = 0; i < KEYS; i++) {
            keys.add("user-" + i, "secret-" + i);
        }
    }

    @AfterEach
    void stop() {
        two.close();
        one.close();
    }

    private RotationJob job(CommandSideFixture node, Duration pause) {
        Levels levels = node.get(Levels.class);
        return new RotationJob(
                node.get(DataSource.class),
                new RunTable(node.get(DataSource.class)),
                levels,
                new RotationLog(node.get(Commands.class), Clock.systemUTC()),
                new RotationMetrics(new SimpleMeterRegistry(), levels, Duration.ofDays(730), Clock.systemUTC()),
                pause);
    }

    private Rotations rotations(RotationJob job) {
        return new Rotations(
                new RunTable(one.get(DataSource.class)), one.get(RootRotation.class), job, one.get(Ids.class));
    }

    private Caller operator() {
        return new Caller(tenant, one.get(Ids.class).token(), Set.of(), "req-1");
    }

    @Test
    void what_one_node_leaves_the_other_finishes_and_it_is_on_record_once() throws Exception {
        RotationJob first = job(one, Duration.ofMillis(200));
        RotationJob second = job(two, Duration.ZERO);
        Rotations rotations = rotations(first);
        first.start();
        Run asked = rotations.start(operator(), KeyLevel.DATA, null, null);
        until(rotations, asked.id(), run -> run.done() > 0);
        first.stop();
        assertThat(rotations.one(asked.id()).state()).isEqualTo(Run.State.RUNNING);
        assertThatThrownBy(() -> rotations.start(operator(), KeyLevel.DATA, null, null))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining(asked.id().text());

        second.start();
        Run ended = until(rotations, asked.id(), run -> run.state() != Run.State.RUNNING);
        second.stop();

        assertThat(ended.state()).isEqualTo(Run.State.FINISHED);
        assertThat(ended.remaining()).isZero();
        assertThat(ended.done()).isEqualTo(ended.total()).isGreaterThanOrEqualTo(KEYS);
        assertThat(recorded(asked.id())).as("started and finished").isEqualTo(2);
    }

    @Test
    void two_nodes_do_not_do_the_same_twice() throws Exception {
        RotationJob first = job(one, Duration.ZERO);
        RotationJob second = job(two, Duration.ZERO);
        Rotations rotations = rotations(first);
        Run asked = rotations.start(operator(), KeyLevel.ROOT, null, null);
        first.start();
        second.start();
        Run ended = until(rotations, asked.id(), run -> run.state() != Run.State.RUNNING);
        first.stop();
        second.stop();
        assertThat(ended.state()).isEqualTo(Run.State.FINISHED);
        assertThat(recorded(asked.id())).isEqualTo(2);
        assertThat(one.get(RootRotation.class).counts())
                .as("one version was made per chain")
                .allMatch(count -> count.version() == 2);
    }

    @Test
    void a_rotation_of_all_levels_is_asked_for_one_by_one_and_each_ends() throws Exception {
        RotationJob job = job(one, Duration.ZERO);
        Rotations rotations = rotations(job);
        job.start();
        for (KeyLevel level : KeyLevel.values()) {
            Run asked = rotations.start(operator(), level, null, null);
            Run ended = until(rotations, asked.id(), run -> run.state() != Run.State.RUNNING);
            assertThat(ended.failure()).isNull();
            assertThat(RotationView.of(ended, null).state()).isEqualTo("finished");
        }
        job.stop();
        assertThat(rotations.last()).hasSize(KeyLevel.values().length);
    }

    private long recorded(RotationId id) {
        return one.get(EventLog.class).stream(StreamId.of(id), 0).size();
    }

    private static Run until(Rotations rotations, RotationId id, Predicate<Run> wanted) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(30);
        while (true) {
            Run now = rotations.one(id);
            if (wanted.test(now)) {
                return now;
            }
            assertThat(Instant.now()).as("%s", now).isBefore(end);
            Thread.sleep(10);
        }
    }
}
