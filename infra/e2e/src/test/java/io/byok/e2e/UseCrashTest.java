package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kill -9 of a node while it hands out as many credentials as it can. {@code -Dbyok.uses=100000} for a longer load. */
class UseCrashTest {

    private static final Logger LOG = LoggerFactory.getLogger(UseCrashTest.class);
    private static final int USES = Integer.getInteger("byok.uses", 2_000);
    private static final int CALLERS = 64;
    private static final int USERS = 8;

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final CountDownLatch enough = new CountDownLatch(USES);

    @Test
    void P2_P4_not_one_acknowledged_use_is_missing_after_a_kill_in_the_middle_of_the_load() throws Exception {
        Api control = SharedServer.control();
        List<String> users = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            String user = Credentials.user();
            control.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                    .expect(201);
            users.add(user);
        }
        try (Server node = Server.in(SharedServer.WORLD);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Api plane = node.dataPlaneAs(SharedServer.SERVER.firstToken());
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                String body = Credentials.resolve(users.get(i % USERS), "openai");
                running.add(callers.submit(() -> untilNobodyAnswers(plane, body)));
            }
            assertThat(enough.await(120, TimeUnit.SECONDS)).isTrue();
            node.kill9();
            for (Future<?> one : running) {
                one.get();
            }
            node.start(); // or an erasure of a later test would wait for what the dead node may still hold
        }
        assertThat(unanswered).as("callers that the kill cut off").hasValueGreaterThan(CALLERS / 2);
        long last = control.post(Credentials.keysOf("last"), Credentials.add("openai", Credentials.openai()))
                .expect(201)
                .position();
        Eventually.get(
                Duration.ofSeconds(60), () -> control.since(last).get("/v1/keys"), answer -> answer.status() == 200);
        List<String> recorded = SharedServer.DATABASE.rows(
                "select details ->> 'useId' from view.audit_event where action = 'key-used'");
        assertThat(recorded).doesNotHaveDuplicates().containsAll(acknowledged);
        LOG.info("{} uses acknowledged before the kill, all of them on record", acknowledged.size());
    }

    private void untilNobodyAnswers(Api plane, String body) {
        try {
            while (true) {
                acknowledged.add(plane.post("/v1/resolve", body).expect(200).string("/useId"));
                enough.countDown();
            }
        } catch (UncheckedIOException nobody) {
            unanswered.incrementAndGet();
        }
    }
}
