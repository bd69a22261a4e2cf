package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keys of keys are rotated from the command line while the server serves, and is killed. */
class KeyRotationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int USERS = 12;

    /** How often a rotation of each level is killed with {@code kill -9}; by default once, of the data keys. */
    private static final int KILLS = Integer.getInteger("byok.rotation.kill9", 0);

    private static World world;
    private static Server server;

    private final List<String> users = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();

    @BeforeAll
    static void startWithAKeyringFile() {
        world = World.fresh();
        // The pause gives a kill something to hit.
        server = Server.withKeyringFile(world, Map.of("BYOK_ROTATION_PAUSE", "400ms"));
    }

    @AfterAll
    static void stop() {
        server.close();
        world.close();
    }

    @Test
    void a_rotation_that_is_killed_is_finished_after_the_restart_and_no_credential_is_lost() {
        for (int i = 0; i < USERS; i++) {
            users.add(Credentials.user());
            secrets.add(Credentials.openai());
            server.control()
                    .post(Credentials.keysOf(users.get(i)), Credentials.add("openai", secrets.get(i)))
                    .expect(201);
        }

        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Integer> load = CompletableFuture.supplyAsync(() -> resolving(enough));
        rotateAndKill("data", 2);
        everyCredentialIsWhatItWas();
        for (int i = 1; i <= KILLS; i++) {
            for (String level : List.of("root", "tenant", "data")) {
                rotateAndKill(level, i % 3); // before the first step, after it, or amid them
            }
        }

        for (String level : List.of("root", "tenant")) {
            Shell.Ran ran = keys("rotate-kek --level " + level);
            assertThat(ran.exit()).as(ran.output()).isZero();
            assertThat(ran.output())
                    .contains("byok: rotated " + level + " keys")
                    .contains("0 under the old version");
        }
        enough.set(true);
        assertThat(load.join()).as("answers under load, all of them right").isPositive();
        everyCredentialIsWhatItWas();
        nothingIsUnderAnOldVersion();
        theAuditTellsIt(3 + 3 * KILLS);
        assertThat(server.management().get("/actuator/prometheus").expect(200).text())
                .contains("byok_keys_renewed_total{", "byok_keys_age_seconds{", "byok_keys_remaining{");
    }

    @Test
    void the_command_line_says_in_one_line_what_is_wrong() {
        Shell.Ran wrong = keys("rotate-kek --level everything");
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.output()).contains("field-invalid").hasLineCount(1);
        assertThat(keys("rotate-kek --nonsense").exit()).isEqualTo(2);
        Shell.Ran stopped = Shell.run("./byok keys status --data /nonexistent");
        assertThat(stopped.exit()).isEqualTo(3);
        assertThat(stopped.output()).contains("no server is running").hasLineCount(1);
        assertThat(keys("rotate-kek --help").output()).contains("Exit codes:");
        server.anonymous().get("/v1/operations/keys").expect(401);
    }

    private void rotateAndKill(String level, int after) {
        String before = last().path("id").asString("");
        CompletableFuture<Shell.Ran> interrupted =
                CompletableFuture.supplyAsync(() -> keys("rotate-kek --level " + level));
        Eventually.get(
                PATIENCE,
                KeyRotationTest::last,
                last -> !last.path("id").asString("").equals(before)
                        && (last.path("done").asInt() >= after
                                || last.path("state").asString().equals("finished")));
        server.kill9();
        if (after == 2 && level.equals("data")) { // the others may be through before they are hit
            assertThat(interrupted.join().exit()).isEqualTo(3);
            assertThat(interrupted.join().output()).contains("goes on when a server runs again");
        }
        interrupted.join();
        server.start();

        JsonNode last = Eventually.get(
                PATIENCE,
                KeyRotationTest::last,
                one -> !one.path("state").asString().equals("running"));
        assertThat(last.path("state").asString()).as(level).isEqualTo("finished");
        assertThat(last.path("remaining").asInt()).as(level).isZero();
    }

    /** Until it has been enough: whatever is answered is the right secret, or says that it is not there for now. */
    private int resolving(AtomicBoolean enough) {
        int answered = 0;
        for (int i = 0; !enough.get(); i++) {
            int user = i % USERS;
            try {
                Answer answer = server.control().post("/v1/resolve", Credentials.resolve(users.get(user), "openai"));
                if (answer.status() == 200) {
                    assertThat(answer.string("/credential/apiKey")).isEqualTo(secrets.get(user));
                    answered++;
                } else {
                    assertThat(answer.status()).as(answer.text()).isIn(429, 503);
                }
            } catch (UncheckedIOException killed) {
                // nobody is there
            }
        }
        return answered;
    }

    private void everyCredentialIsWhatItWas() {
        for (int i = 0; i < USERS; i++) {
            assertThat(server.control()
                            .post("/v1/resolve", Credentials.resolve(users.get(i), "openai"))
                            .expect(200)
                            .string("/credential/apiKey"))
                    .isEqualTo(secrets.get(i));
        }
    }

    private static void nothingIsUnderAnOldVersion() {
        Shell.Ran status = keys("status --json");
        assertThat(status.exit()).as(status.output()).isZero();
        List<JsonNode> versions = new ArrayList<>();
        JsonMapper.shared().readTree(status.output()).path("data").forEach(versions::add);
        assertThat(versions)
                .filteredOn(one -> !one.path("level").asString().equals("data")) // events stay under theirs
                .isNotEmpty()
                .allMatch(one -> one.path("newest").asBoolean())
                .allMatch(one -> one.path("version").asInt() >= 2);
        assertThat(keys("status").output()).contains("newest").contains("credentials");
    }

    private static void theAuditTellsIt(int rotations) {
        Eventually.get(
                PATIENCE,
                () -> server.control()
                        .get("/v1/audit/events?action=key-rotation-finished")
                        .expect(200),
                answer -> answer.at("/data").size() >= 3);
        Answer destroyed = server.control()
                .get("/v1/audit/events?action=key-version-destroyed")
                .expect(200);
        assertThat(destroyed.each("/data", "outcome")).isNotEmpty().containsOnly("ok");
        assertThat(destroyed.string("/data/0/details/level")).isIn("root", "tenant");
        assertThat(server.control()
                        .get("/v1/audit/events?action=key-rotation-started")
                        .expect(200)
                        .at("/data")
                        .size())
                .isEqualTo(Math.min(rotations, 50)); // a page
    }

    private static JsonNode last() {
        return server.control()
                .get("/v1/operations/key-rotations")
                .expect(200)
                .json()
                .path("data")
                .path(0);
    }

    private static Shell.Ran keys(String command) {
        return Shell.run("./byok keys " + command + " --data '" + server.data() + "'");
    }
}
