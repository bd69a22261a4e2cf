package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.testkit.FaultyPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that can be killed is killed, and everything that can hang hangs, under mixed traffic. {@code ./byok chaos}
 * runs it for longer.
 */
class ChaosTest {

    private static final Logger log = LoggerFactory.getLogger(ChaosTest.class);

    /** Each fault once per round. */
    private static final int ROUNDS = Integer.getInteger("byok.chaos.rounds", 1);

    private static final long SEED = Long.getLong("byok.chaos.seed", 20_261_123);
    private static final int CALLERS = 6;

    /** What must be acknowledged after a fault before the next one. */
    private static final int BETWEEN = 30;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Random random = new Random(SEED);
    private final Map<Fault, List<Duration>> recoveries = new EnumMap<>(Fault.class);

    @Test
    void P4_whatever_is_killed_or_hangs_what_was_acknowledged_is_everywhere_and_once() throws Exception {
        try (FaultyPostgres postgres = FaultyPostgres.running();
                World world = World.on(postgres.database());
                Server server = Server.in(world)) {
            Traffic traffic = new Traffic(server, CALLERS);
            traffic.during(() -> {
                awaitMore(traffic);
                for (Fault fault : order()) {
                    Duration length = Duration.ofMillis(500 + random.nextInt(3_500));
                    fault.strike(server, world, postgres, length);
                    Duration recovery = awaitMore(traffic);
                    recoveries
                            .computeIfAbsent(fault, first -> new ArrayList<>())
                            .add(recovery);
                }
            });
            traffic.settle();
            log.info(
                    "seed {}, {} rounds: {} commands acknowledged, {} refused for now or unanswered, {} keys, {} uses; "
                            + BETWEEN
                            + " acknowledged after {}",
                    SEED,
                    ROUNDS,
                    traffic.answered(),
                    traffic.unanswered(),
                    traffic.keys().size(),
                    traffic.uses().size(),
                    recoveries);
            assertThat(recoveries.keySet()).containsExactlyInAnyOrder(Fault.values());
            CrashTest.check(
                    server,
                    new Aftermath(traffic, world.database()),
                    world.kafka().bootstrapServers());
        }
    }

    private List<Fault> order() {
        List<Fault> order = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<Fault> all = new ArrayList<>(List.of(Fault.values()));
            Collections.shuffle(all, random);
            order.addAll(all);
        }
        return order;
    }

    /** How long it took. */
    private static Duration awaitMore(Traffic traffic) {
        long begin = System.nanoTime();
        long enough = traffic.answered() + BETWEEN;
        Eventually.get(PATIENCE, traffic::answered, answered -> answered >= enough);
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
