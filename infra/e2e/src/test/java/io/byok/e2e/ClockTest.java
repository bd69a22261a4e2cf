package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.engines.FileTrees;
import io.byok.engines.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server whose wall clock is wrong, at its start or from one moment to the next. PostgreSQL and Kafka have the time. */
class ClockTest {

    private static final Logger log = LoggerFactory.getLogger(ClockTest.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofSeconds(61);

    /** For whoever looks at the clock now and then to have seen it. */
    private static final Duration SEEN = Duration.ofSeconds(1);

    private static FakeClock clock;

    @BeforeAll
    static void make() {
        clock = FakeClock.made().orElseThrow(() -> new TestAbortedException("a fake clock wants Linux and cc"));
    }

    @AfterAll
    static void close() {
        if (clock != null) {
            clock.close();
        }
    }

    @Test
    void a_server_whose_clock_is_wrong_does_not_start() throws IOException {
        try (World world = World.fresh()) {
            for (Duration ahead : List.of(MINUTE, HOUR.negated())) {
                clock.is(ahead);
                Map<String, String> environment = new HashMap<>(world.environment());
                environment.putAll(clock.environment());
                Path data = Files.createTempDirectory("byok-clock-");
                int[] ports = Ports.free(3);
                Server.Attempt attempt = Server.attempt(
                        data,
                        environment,
                        "--port=" + ports[0],
                        "--data-port=" + ports[1],
                        "--management-port=" + ports[2]);
                assertThat(attempt.exit()).isEqualTo(1);
                assertThat(attempt.console()).last().asString().startsWith("byok: cannot start: the clocks");
                FileTrees.delete(data);
            }
        }
    }

    @Test
    void P4_a_clock_that_jumps_changes_no_order_loses_nothing_and_stops_nothing() throws Exception {
        clock.is(Duration.ZERO);
        try (World world = World.fresh();
                Server server = Server.in(world, clock.environment())) {
            Api control = server.control();
            Instant soon = Instant.now().plus(Duration.ofMinutes(20));
            String user = Credentials.user();
            String body = Credentials.add("openai", Credentials.openai(), "\"expiresAt\":\"" + soon + "\",");
            Api once = control.with("Idempotency-Key", "the-same-all-the-time");
            String key = once.post(Credentials.keysOf(user), body).expect(201).string("/id");
            Api clerk = server.anonymous()
                    .token(control.post(
                                    "/v1/api-tokens",
                                    "{\"name\":\"clerk\",\"scopes\":[\"keys:read\"],\"expiresAt\":\"" + soon + "\"}")
                            .expect(201)
                            .string("/token"));
            Traffic traffic = new Traffic(server, 3);
            List<String> told = new ArrayList<>();
            traffic.during(() -> {
                for (Duration ahead : List.of(MINUTE, MINUTE.negated(), HOUR, HOUR.negated(), MINUTE, Duration.ZERO)) {
                    clock.is(ahead);
                    Eventually.rest(SEEN);
                    awaitMore(traffic);
                    boolean late = ahead.equals(HOUR);
                    // What has an end ends by the clock of the node, as documented, and only for as long as that says
                    // so.
                    assertThat(clerk.get("/v1/keys").status()).isEqualTo(late ? 401 : 200);
                    assertThat(control.post("/v1/resolve", Credentials.resolve(user, "openai"))
                                    .status())
                            .isEqualTo(late ? 404 : 200);
                    assertThat(once.post(Credentials.keysOf(user), body)
                                    .expect(201)
                                    .string("/id"))
                            .isEqualTo(key);
                    told.add(ahead + ": " + shows(control) + " ms");
                    relays(server);
                    if (ahead.isNegative()) {
                        world.kafka().kill(); // whoever waits by the clock waits for the clock now
                        world.kafka().start();
                        told.add(ahead + ", Kafka away: " + shows(control) + " ms");
                    }
                }
            });
            traffic.settle();
            log.info("until a command is shown: {}", told);
            Aftermath aftermath = new Aftermath(traffic, world.database());
            CrashTest.check(server, aftermath, world.kafka().bootstrapServers());
        }
    }

    private static long shows(Api control) {
        long begin = System.nanoTime();
        long last = control.post(
                        Credentials.keysOf(Credentials.user()), Credentials.add("deepgram", Credentials.deepgram()))
                .expect(201)
                .position();
        Eventually.get(PATIENCE, () -> control.since(last).get("/v1/keys"), answer -> answer.status() == 200);
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private static void relays(Server server) {
        assertThat(server.management()
                        .get("/actuator/health")
                        .at("/components/relay/details/active")
                        .asBoolean())
                .isTrue();
    }

    private static void awaitMore(Traffic traffic) {
        long enough = traffic.answered() + 30;
        Eventually.get(PATIENCE, traffic::answered, answered -> answered >= enough);
    }
}
