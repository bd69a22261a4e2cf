package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that can be killed is killed, and everything that can hang hangs, under mixed traffic. {@code ./byok chaos}
 * runs it for longer.
 */
class ChaosTest {

    private static final Logger log = LoggerFactory.getLogger(ChaosTest.class);

    private static final long SEED = Long.getLong("byok.chaos.seed", 20_261_123);
    private static final int CALLERS = 6;

    /** What must be acknowledged after a fault before the next one. */
    private static final int BETWEEN = 30;

    /** Of a disk that is to be full; what a long run writes must fit when it is not. */
    private static final int MEGABYTES = 2_500;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Random random = new Random(SEED);
    private final FaultPlan plan = FaultPlan.chosen(random);
    private final Iterator<Duration> foreign =
            Stream.generate(plan::foreign).flatMap(lengths -> lengths.stream()).iterator();
    private final Recoveries recoveries = new Recoveries();

    @Test
    void P4_whatever_is_killed_or_hangs_what_was_acknowledged_is_everywhere_and_once() throws Exception {
        try (Stage stage = plan.needsDisks() ? Stage.onSmallDisks(MEGABYTES) : Stage.plain()) {
            Traffic traffic = new Traffic(stage.server(), CALLERS);
            log.info("seed {}, {} ahead", SEED, plan.counts());
            traffic.during(() -> {
                awaitMore(stage, traffic);
                long begin = System.nanoTime();
                for (Fault fault : plan.order()) {
                    if (System.nanoTime() - begin > plan.longest().toNanos()) {
                        log.info("the time is up");
                        break;
                    }
                    strike(fault, stage, traffic);
                }
            });
            traffic.settle();
            log.info(
                    "{} commands acknowledged, {} refused for now or unanswered, {} keys, {} uses; {} acknowledged after\n{}",
                    traffic.answered(),
                    traffic.unanswered(),
                    traffic.keys().size(),
                    traffic.uses().size(),
                    BETWEEN,
                    recoveries);
            CrashTest.check(
                    stage.server(),
                    new Aftermath(traffic, stage.world().database()),
                    stage.world().kafka().bootstrapServers());
            log.info("nothing is missing, nothing is there twice, all digests are equal");
        }
    }

    private void strike(Fault fault, Stage stage, Traffic traffic) {
        Duration length = fault.isForeign() ? foreign.next() : Duration.ofMillis(500 + random.nextInt(3_500));
        long before = traffic.answered();
        fault.strike(stage, length);
        if (fault.sparesCommands()) {
            assertThat(traffic.answered())
                    .as("answered during %s of %s", fault, length)
                    .isGreaterThan(before);
        }
        recoveries.note(fault, length, awaitMore(stage, traffic));
    }

    /** How long it took. */
    private static Duration awaitMore(Stage stage, Traffic traffic) {
        long begin = System.nanoTime();
        long enough = traffic.answered() + BETWEEN;
        Eventually.get(
                PATIENCE,
                () -> {
                    stage.startEnginesThatGaveUp();
                    return traffic.answered();
                },
                answered -> answered >= enough);
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
