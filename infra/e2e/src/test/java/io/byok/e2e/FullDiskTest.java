package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.testkit.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Room runs out, first for Kafka's data and then for PostgreSQL's, and comes back; the server stays. */
class FullDiskTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MEGABYTES = 400;
    private static final int CALLERS = 4;
    private static final Duration FULL = Duration.ofSeconds(6);

    @Test
    void P2_P4_on_full_disks_nothing_is_acknowledged_that_is_not_kept_and_no_credential_leaves() throws Exception {
        try (Stage stage = Stage.onSmallDisks(MEGABYTES)) {
            Api control = stage.server().control();
            String user = Credentials.user();
            String secret = Credentials.openai();
            control.post(Credentials.keysOf(user), Credentials.add("openai", secret))
                    .expect(201);
            Traffic traffic = new Traffic(stage.server(), CALLERS);
            traffic.during(() -> {
                awaitMore(stage, traffic);

                stage.fillable().kafka().fill();
                awaitMore(stage.server(), traffic); // without anybody's help: commands do not need Kafka
                control.post("/v1/resolve", Credentials.resolve(user, "openai")).expect(200);
                stage.fillable().kafka().free();
                awaitMore(stage, traffic);

                stage.fillable().postgres().fill();
                Answer refused = Eventually.get(
                        PATIENCE,
                        () -> control.post("/v1/resolve", Credentials.resolve(user, "openai")),
                        answer -> answer.status() != 200);
                refused.expect(503);
                assertThat(refused.text()).doesNotContain(secret);
                assertThat(refused.header("Retry-After")).isNotNull();
                stage.server().anonymous().get("/livez").expect(200);
                stage.fillable().postgres().free();
                awaitMore(stage, traffic);
            });
            traffic.settle();
            CrashTest.check(
                    stage.server(),
                    new Aftermath(traffic, stage.world().database()),
                    stage.world().kafka().bootstrapServers());
        }
    }

    @Test
    void P4_a_server_starts_the_engines_inside_it_again_that_a_full_disk_or_a_kill_has_ended() throws Exception {
        try (SmallDisk disk = SmallDisk.mounted(MEGABYTES)
                        .orElseThrow(
                                () -> new TestAbortedException("this machine lets us mount no small file system"));
                Server server = Server.embedded(disk.directory("data"))) {
            Traffic traffic = new Traffic(server, CALLERS);
            traffic.during(() -> {
                awaitMore(server, traffic);
                disk.fill();
                Eventually.rest(FULL);
                disk.free();
                awaitMore(server, traffic);
                killPostgres(server.data());
                awaitMore(server, traffic);
            });
            traffic.settle();
            Eventually.get(
                    PATIENCE,
                    () -> engines(server),
                    said -> said.stream()
                                    .filter(line -> line.endsWith("is back"))
                                    .count()
                            >= 2);
            CrashTest.checkEmbedded(server, traffic);
        }
    }

    /** What the server said of the engines inside it. */
    private static List<String> engines(Server server) {
        return server.log()
                .lines()
                .filter(line -> line.contains(" the embedded ") || line.contains("Relay"))
                .toList();
    }

    private static void killPostgres(Path data) {
        try {
            String pid = Files.readAllLines(data.resolve("postgres/data/postmaster.pid"))
                    .getFirst();
            ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow().destroyForcibly();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitMore(Stage stage, Traffic traffic) {
        long enough = traffic.answered() + 30;
        Eventually.get(
                PATIENCE,
                () -> {
                    stage.startEnginesThatGaveUp();
                    return traffic.answered();
                },
                answered -> answered >= enough);
    }

    private static void awaitMore(Server server, Traffic traffic) {
        assertThat(server.isAlive()).isTrue();
        long enough = traffic.answered() + 100;
        Eventually.get(PATIENCE, traffic::answered, answered -> answered >= enough);
    }
}
