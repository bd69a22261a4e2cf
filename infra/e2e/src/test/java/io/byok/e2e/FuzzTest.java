package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Nonsense in every place of every operation, from a seed: nothing breaks, nothing leaks, and every answer is one that
 * the description tells of. {@code -Dbyok.fuzz=50000} for the long run, {@code -Dbyok.seed=N} for another.
 */
class FuzzTest {

    private static final Logger log = LoggerFactory.getLogger(FuzzTest.class);
    private static final int REQUESTS = Integer.getInteger("byok.fuzz", 2_000);
    private static final long SEED = Long.getLong("byok.seed", 20_261_123L);
    private static final int CALLERS = 4;
    /** What the container answers before any operation is found. */
    private static final Set<Integer> BEFORE_ROUTING = Set.of(400, 404, 405, 413, 414, 415, 431);

    @Test
    void no_nonsense_breaks_an_operation_and_no_answer_is_undocumented() throws Exception {
        try (World world = World.fresh();
                Server server = Server.in(
                        world, Map.of("BYOK_LIMITS_TOKENPERMINUTE", "0", "BYOK_LIMITS_TENANTPERMINUTE", "0"))) {
            JsonNode description =
                    server.anonymous().get("/openapi.json").expect(200).json();
            String tenant = server.control()
                    .post("/v1/tenants", "{\"name\":\"fuzzed\"}")
                    .expect(201)
                    .string("/token");
            Api caller = server.anonymous().token(tenant);
            String secret = Credentials.openai();
            String key = caller.post("/v1/users/ada/keys", Credentials.add("openai", secret))
                    .expect(201)
                    .string("/id");
            Nonsense nonsense = new Nonsense(Operation.of(description), new Sample(description), key, secret);

            ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
            AtomicLongArray answered = new AtomicLongArray(600);
            try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < CALLERS; i++) {
                    Random random = new Random(SEED + i);
                    running.add(callers.submit(() -> {
                        for (int n = 0; n < REQUESTS / CALLERS && complaints.size() < 20; n++) {
                            Nonsense.Request request = nonsense.next(random);
                            Answer answer = request.send(caller);
                            answered.incrementAndGet(answer.status());
                            complain(request, answer, secret).forEach(complaints::add);
                        }
                    }));
                }
                for (Future<?> one : running) {
                    one.get();
                }
            }
            StringBuilder counts = new StringBuilder();
            for (int status = 0; status < answered.length(); status++) {
                if (answered.get(status) > 0) {
                    counts.append(' ').append(status).append(" x").append(answered.get(status));
                }
            }
            log.info("{} requests, seed {}:{}", REQUESTS, SEED, counts);
            assertThat(complaints).isEmpty();
            server.control().get("/readyz").expect(200);
        }
    }

    private static List<String> complain(Nonsense.Request request, Answer answer, String secret) {
        List<String> complaints = new ArrayList<>();
        String text = answer.text();
        if (answer.status() >= 500) {
            complaints.add(request + " broke: " + answer.status() + " " + text);
        }
        if (!request.documented().contains(answer.status()) && !BEFORE_ROUTING.contains(answer.status())) {
            complaints.add(request + " answered what is not documented: " + answer.status() + " " + text);
        }
        String type = String.valueOf(answer.header("Content-Type"));
        if (answer.status() >= 400 && !type.startsWith("application/problem+json")) {
            complaints.add(request + " answered no problem: " + answer.status() + " " + type + " " + text);
        }
        if (text.contains("Exception") || text.contains("\tat ") || text.contains("io.byok.")) {
            complaints.add(request + " shows its insides: " + text);
        }
        if (text.contains(secret) && !request.operation().path().equals("/v1/resolve")) {
            complaints.add(request + " shows a credential");
        }
        return complaints;
    }

    @Test
    void the_nonsense_is_the_same_for_the_same_seed() {
        String secret = Credentials.openai();
        JsonNode description =
                SharedServer.SERVER.anonymous().get("/openapi.json").expect(200).json();
        Nonsense nonsense =
                new Nonsense(Operation.of(description), new Sample(description, () -> secret), "key_x", "sk-x");
        Random one = new Random(1);
        Random two = new Random(1);
        for (int i = 0; i < 100; i++) {
            Nonsense.Request left = nonsense.next(one);
            Nonsense.Request right = nonsense.next(two);
            assertThat(left.path()).isEqualTo(right.path());
            assertThat(left.body()).isEqualTo(right.body());
        }
    }
}
