package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are stopped on one node while every node hands them out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevokeRaceTest {

    private static final int ROUNDS = 8;
    private static final int CALLERS = 6;
    private static final int WARM = 60; // resolves before the key is stopped
    private static final int AFTER = 60; // and after

    private final Api first = SharedServer.control();
    private final Server other;
    private final List<Api> planes;

    RevokeRaceTest() {
        other = Server.in(SharedServer.WORLD);
        String token = SharedServer.SERVER.firstToken();
        planes = List.of(
                SharedServer.dataPlane(),
                other.dataPlaneAs(token),
                other.anonymous().token(token));
    }

    @AfterAll
    void stop() {
        other.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "revoke", "delete", "erase"})
    void P3_no_resolve_that_began_after_the_answer_gets_the_credential(String stop) throws Exception {
        long served = 0;
        long refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Race race = new Race(Credentials.user(), Credentials.openai());
            race.run(stop);
            served += race.served.get();
            refused += race.refused.get();
        }
        // Otherwise there was no race.
        assertThat(served).isGreaterThanOrEqualTo((long) ROUNDS * WARM);
        assertThat(refused).isGreaterThanOrEqualTo((long) ROUNDS * AFTER);
    }

    private final class Race {

        private final String user;
        private final String secret;
        private final AtomicLong served = new AtomicLong();
        private final AtomicLong refused = new AtomicLong();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final CountDownLatch warm = new CountDownLatch(WARM);
        private final CountDownLatch cold = new CountDownLatch(AFTER);

        Race(String user, String secret) {
            this.user = user;
            this.secret = secret;
        }

        void run(String stop) throws Exception {
            String path = "/v1/keys/"
                    + first.post(Credentials.keysOf(user), Credentials.add("openai", secret))
                            .expect(201)
                            .string("/id");
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < CALLERS; i++) {
                    Api plane = planes.get(i % planes.size());
                    running.add(callers.submit(() -> call(plane)));
                }
                warm.await();
                if (stop.equals("delete")) {
                    first.delete(path).expect(204);
                } else if (stop.equals("erase")) {
                    first.post("/v1/users/" + Api.encoded(user) + "/erase", Credentials.ERASE)
                            .expect(202);
                } else {
                    first.post(path + "/" + stop).expect(200);
                }
                stopped.set(true);
                for (Future<?> one : running) {
                    one.get();
                }
            }
        }

        private void call(Api plane) {
            String body = Credentials.resolve(user, "openai");
            while (cold.getCount() > 0) {
                boolean late = stopped.get(); // read before the request leaves
                Answer answer = plane.post("/v1/resolve", body);
                if (answer.status() == 200) {
                    assertThat(late).as("served after it was stopped").isFalse();
                    assertThat(answer.string("/credential/apiKey")).isEqualTo(secret);
                    served.incrementAndGet();
                    warm.countDown();
                } else {
                    answer.expect(404, "no-usable-key");
                    assertThat(answer.text()).doesNotContain(secret);
                    if (late) {
                        refused.incrementAndGet();
                        cold.countDown();
                    }
                }
            }
        }
    }
}
