package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that are stopped on one node while every node hands them out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevokeRaceTest {

    /** Thousands of races run without HTTP, in the command side's test of this name. */
    private static final int ROUNDS = Integer.getInteger("byok.rounds", 3);

    private static final int CALLERS = 6;
    private static final int WARM = 40; // resolves before the key is stopped
    private static final int AFTER = 20; // and after
    private static final Duration SHORTLY = Duration.ofSeconds(1);

    /** Everything that ends what a key may do. */
    private enum Stop {
        DISABLE,
        REVOKE,
        DELETE,
        ERASE,
        SUSPEND,
        EXPIRE,
        OVERLAP_END
    }

    private final Api operator = SharedServer.control();
    private final Server other;
    private final List<Api> planes;

    RevokeRaceTest() {
        other = Server.in(SharedServer.WORLD);
        planes = List.of(SharedServer.dataPlane(), other.dataPlaneAs(""), other.anonymous());
    }

    @AfterAll
    void stop() {
        other.close();
    }

    @ParameterizedTest
    @EnumSource
    void P3_no_resolve_that_began_after_the_answer_gets_the_credential(Stop stop) throws Exception {
        long served = 0;
        long refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Race race = new Race(stop);
            race.run();
            served += race.served.get();
            refused += race.refused.get();
        }
        // Otherwise there was no race.
        assertThat(served).isGreaterThanOrEqualTo((long) ROUNDS * WARM);
        assertThat(refused).isGreaterThanOrEqualTo((long) ROUNDS * AFTER);
    }

    private final class Race {

        private final Stop stop;
        private final String user = Credentials.user();
        private final String secret = Credentials.openai();
        private final AtomicLong served = new AtomicLong();
        private final AtomicLong refused = new AtomicLong();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final CountDownLatch warm = new CountDownLatch(WARM);
        private final CountDownLatch cold = new CountDownLatch(AFTER);
        private final String tenant;
        private final String token;
        private final Api control;
        private final String key;
        private volatile Instant end = Instant.MAX;
        private String exclude = "";

        Race(Stop stop) {
            this.stop = stop;
            if (stop == Stop.SUSPEND) {
                Answer made = operator.post("/v1/tenants", "{\"name\":\"race-" + System.nanoTime() + "\"}")
                        .expect(201);
                tenant = made.string("/id");
                token = made.string("/token");
            } else {
                tenant = "";
                token = SharedServer.SERVER.firstToken();
            }
            control = operator.token(token);
            key = control.post(Credentials.keysOf(user), Credentials.add("openai", secret))
                    .expect(201)
                    .string("/id");
            if (stop == Stop.OVERLAP_END) {
                // The version before serves whoever says that the new one failed, and its end is set with the rotation.
                Answer rotated = control.post(
                                "/v1/keys/" + key + "/rotate", Credentials.rotate(Credentials.openai(), "PT3S"))
                        .expect(200);
                exclude = ",\"exclude\":[\"" + key + "\"]";
                end = until(rotated);
            }
        }

        void run() throws Exception {
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < CALLERS; i++) {
                    Api plane = planes.get(i % planes.size()).token(token);
                    running.add(callers.submit(() -> call(plane)));
                }
                assertThat(warm.await(30, TimeUnit.SECONDS))
                        .as("it serves before it is stopped")
                        .isTrue();
                String path = "/v1/keys/" + key;
                switch (stop) {
                    case DISABLE -> control.post(path + "/disable").expect(200);
                    case REVOKE -> control.post(path + "/revoke").expect(200);
                    case DELETE -> control.delete(path).expect(204);
                    case ERASE ->
                        control.post("/v1/users/" + Api.encoded(user) + "/erase", Credentials.ERASE)
                                .expect(202);
                    case SUSPEND ->
                        operator.post("/v1/tenants/" + tenant + "/suspend").expect(200);
                    case EXPIRE -> {
                        Instant at = Instant.now().plus(SHORTLY).truncatedTo(ChronoUnit.MICROS);
                        control.patch(path, "{\"expiresAt\":\"" + at + "\"}").expect(200);
                        end = at;
                    }
                    case OVERLAP_END -> {}
                }
                if (end.equals(Instant.MAX)) {
                    stopped.set(true);
                }
                for (Future<?> one : running) {
                    one.get();
                }
            }
        }

        private void call(Api plane) {
            String body = Credentials.resolve(user, "openai", exclude);
            while (cold.getCount() > 0) {
                // Both are read before the request leaves.
                boolean late = stopped.get() || !Instant.now().isBefore(end);
                Answer answer = plane.post("/v1/resolve", body);
                if (answer.status() == 200) {
                    assertThat(late).as("served after it was stopped").isFalse();
                    assertThat(answer.string("/credential/apiKey")).isEqualTo(secret);
                    served.incrementAndGet();
                    warm.countDown();
                } else {
                    if (stop == Stop.SUSPEND) {
                        answer.expect(403, "tenant-suspended");
                    } else {
                        answer.expect(404, "no-usable-key");
                    }
                    assertThat(end.equals(Instant.MAX) || !Instant.now().isBefore(end))
                            .as("what ends at an instant does not end before")
                            .isTrue();
                    assertThat(answer.text()).doesNotContain(secret);
                    if (late) {
                        refused.incrementAndGet();
                        cold.countDown();
                    }
                }
            }
        }
    }

    private static Instant until(Answer rotated) {
        for (var version : rotated.at("/versions")) {
            if (version.path("status").asString().equals("retiring")) {
                return Instant.parse(version.path("retiresAt").asString());
            }
        }
        throw new AssertionError("no version retires: " + rotated.text());
    }
}
