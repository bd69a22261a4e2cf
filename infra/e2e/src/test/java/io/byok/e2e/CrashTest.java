package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.engines.EmbeddedKafkaEngine;
import io.byok.engines.EmbeddedPostgresEngine;
import io.byok.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kill -9 of the server in the middle of a stream of commands, again and again. */
class CrashTest {

    private static final Logger log = LoggerFactory.getLogger(CrashTest.class);
    private static final int KILLS = Integer.getInteger("byok.kills", 8);
    private static final int CALLERS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Random random = new Random(7);
    private final List<Duration> restarts = new ArrayList<>();

    @Test
    void P4_after_many_kills_every_acknowledged_command_is_everywhere_and_once() throws Exception {
        try (World world = World.fresh();
                Server server = Server.in(world)) {
            Traffic traffic = new Traffic(server, CALLERS);
            kill(server, traffic, KILLS);
            assertThat(traffic.unanswered()).as("kills that hit something").isGreaterThanOrEqualTo(KILLS);
            check(
                    server,
                    new Aftermath(traffic, world.database()),
                    world.kafka().bootstrapServers());
        }
    }

    @Test
    void P4_the_same_holds_when_the_engines_inside_are_killed_with_it() throws Exception {
        try (Server server = Server.embedded(Map.of())) {
            Traffic traffic = new Traffic(server, CALLERS);
            kill(server, traffic, 2);
            checkEmbedded(server, traffic);
        }
    }

    /** Stops the server: what its engines hold is looked at without it. */
    static void checkEmbedded(Server server, Traffic traffic) {
        seesEverything(server);
        assertThat(Replays.run(server.control(), "all", "verify").at("/equal").asBoolean())
                .isTrue();
        server.stop();
        Path data = server.data();
        try (EmbeddedPostgresEngine postgres = EmbeddedPostgresEngine.start(data.resolve("postgres"), 0);
                EmbeddedKafkaEngine kafka = EmbeddedKafkaEngine.start(data.resolve("kafka"), 0)) {
            Database database =
                    new Database(new TestDatabase(postgres.jdbcUrl(), postgres.username(), postgres.password()));
            check(new Aftermath(traffic, database), kafka.bootstrapServers());
        }
    }

    private void kill(Server server, Traffic traffic, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            traffic.untilKilled(40 + random.nextInt(80));
            server.start();
            restarts.add(server.startTook());
        }
        traffic.settle();
        log.info(
                "{} kills, {} requests interrupted, {} keys, {} uses, {} usage records; restarts took {}",
                times,
                traffic.unanswered(),
                traffic.keys().size(),
                traffic.uses().size(),
                traffic.usageRecords().size(),
                restarts);
    }

    static void check(Server server, Aftermath aftermath, String bootstrapServers) {
        seesEverything(server);
        check(aftermath, bootstrapServers);
        assertThat(Replays.run(server.control(), "all", "verify").at("/equal").asBoolean())
                .isTrue();
    }

    /** A new command's position stands behind all others, so a read that has reached it has seen all. */
    private static void seesEverything(Server server) {
        long last = server.control()
                .post(Credentials.keysOf("last"), Credentials.add("deepgram", Credentials.deepgram()))
                .expect(201)
                .position();
        Eventually.get(PATIENCE, () -> server.control().since(last).get("/v1/keys"), answer -> answer.status() == 200);
    }

    private static void check(Aftermath aftermath, String bootstrapServers) {
        aftermath.everyAcknowledgedCommandIsInTheStore();
        aftermath.positionsAreDenseAndStreamsWhole();
        aftermath.nothingIsHalfThere();
        aftermath.theReadModelsShowEachOfThemOnce();
        aftermath.kafkaHoldsTheStore(bootstrapServers);
    }
}
