package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.testkit.FaultyKafka;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node stands still (SIGSTOP; a paused virtual machine looks the same) with its connections open: no socket closes, the
 * kernel answers every keep-alive, and PostgreSQL has no reason to let go of its locks.
 */
class FrozenNodeTest {

    private static final Logger log = LoggerFactory.getLogger(FrozenNodeTest.class);

    /** 8 s until PostgreSQL ends its session, and what it takes another to notice, on a busy machine. */
    private static final Duration TAKEOVER = Duration.ofSeconds(25);

    private static final int CALLERS = 3;

    @Test
    void P4_another_node_takes_over_from_a_frozen_one_which_does_no_harm_when_it_goes_on() throws Exception {
        try (World world = World.fresh();
                Server first = Server.in(world);
                Server second = Server.in(world)) {
            AtomicReference<Server> awake = new AtomicReference<>(second);
            Traffic traffic = new Traffic(() -> awake.get().controlAs(first.firstToken()), CALLERS);
            traffic.during(() -> {
                awaitMore(traffic);
                assertThat(relays(first)).isTrue();
                frozenWhileItWrites(world.database(), first);
                shows(second, first.firstToken(), "frozen amid a transaction of the feed");
                first.thaw();
                awaitMore(traffic);

                assertThat(relays(second)).isTrue();
                awake.set(first);
                frozenWhileItPublishes(world.kafka(), second, traffic);
                shows(first, first.firstToken(), "frozen amid a page of the relay");
                second.thaw();
                awaitMore(traffic);
            });
            traffic.settle();
            CrashTest.check(
                    first,
                    new Aftermath(traffic, world.database()),
                    world.kafka().bootstrapServers());
        }
    }

    /** With a transaction open, in which it has moved read models: their rows are locked. */
    private static void frozenWhileItWrites(Database database, Server node) {
        try (Connection foreign = database.access().connect();
                Statement statement = foreign.createStatement()) {
            foreign.setAutoCommit(false);
            statement.execute("lock table view.key_view in exclusive mode");
            Eventually.get(
                    TAKEOVER,
                    () -> database.number("select count(*) from pg_locks"
                            + " where relation = 'view.key_view'::regclass and not granted"),
                    waiting -> waiting > 0);
            node.freeze();
            foreign.rollback(); // its statement ends, and nobody hears of it
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** With records on their way, which arrive when it has long been replaced. */
    private static void frozenWhileItPublishes(FaultyKafka kafka, Server node, Traffic traffic) {
        kafka.freeze();
        awaitMore(traffic);
        node.freeze();
        kafka.thaw();
    }

    private static void shows(Server node, String token, String what) {
        long begin = System.nanoTime();
        long last = node.controlAs(token)
                .post(Credentials.keysOf(Credentials.user()), Credentials.add("deepgram", Credentials.deepgram()))
                .expect(201)
                .position();
        Eventually.get(
                TAKEOVER, () -> node.controlAs(token).since(last).get("/v1/keys"), answer -> answer.status() == 200);
        log.info("{}: the other shows everything after {} ms", what, (System.nanoTime() - begin) / 1_000_000);
    }

    private static boolean relays(Server node) {
        return node.management()
                .get("/actuator/health")
                .at("/components/relay/details/active")
                .asBoolean();
    }

    private static void awaitMore(Traffic traffic) {
        long enough = traffic.answered() + 20;
        Eventually.get(TAKEOVER, traffic::answered, answered -> answered >= enough);
    }
}
