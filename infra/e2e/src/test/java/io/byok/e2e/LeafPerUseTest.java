package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.UseId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The callers' own record against the log: each credential that was handed out has exactly one leaf with the purpose it was
 * asked for, and there is no leaf of a use that nobody made. {@code -Dbyok.operations=10000} for the long run.
 */
class LeafPerUseTest {

    private static final int OPERATIONS = Integer.getInteger("byok.operations", 400);
    private static final int CALLERS = 8;
    private static final int USERS = 12;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Api operator = SharedServer.control();
    private final Map<String, String> purposes = new ConcurrentHashMap<>();
    private final Queue<String> twice = new ConcurrentLinkedQueue<>();
    private Api control;
    private Api data;

    private void caller(List<String> users, long seed, int operations) {
        Random random = new Random(seed);
        for (int i = 0; i < operations; i++) {
            String user = users.get(random.nextInt(users.size()));
            switch (random.nextInt(20)) {
                case 0 ->
                    control.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                            .expect(201);
                case 1 -> revokeOne(user, random);
                default -> use(user, "purpose " + seed + "." + i, random.nextInt(10) == 0 ? "deepgram" : "openai");
            }
        }
    }

    private void revokeOne(String user, Random random) {
        List<String> keys = control.get(Credentials.keysOf(user)).expect(200).each("/data", "id");
        if (keys.size() > 1) {
            control.post("/v1/keys/" + keys.get(random.nextInt(keys.size())) + "/revoke", "{\"reason\":\"a test\"}");
        }
    }

    private void use(String user, String purpose, String provider) {
        Answer answer = data.post(
                "/v1/resolve",
                "{\"userId\":\"%s\",\"provider\":\"%s\",\"purpose\":\"%s\"}".formatted(user, provider, purpose));
        if (answer.status() == 200 && purposes.put(answer.string("/useId"), purpose) != null) {
            twice.add(answer.string("/useId"));
        }
    }

    private List<JsonNode> uses(String export) {
        List<JsonNode> uses = new ArrayList<>();
        for (String line : export.lines().toList()) {
            JsonNode json = JSON.readTree(line);
            if (json.path("type").asString().equals("leaf")
                    && Base64.getDecoder().decode(json.path("leaf").asString())[1] == 2) {
                uses.add(json);
            }
        }
        return uses;
    }

    /** The id of the use as it stands in the leaf: its fourth field. */
    private static UUID useOf(JsonNode json) {
        ByteBuffer leaf =
                ByteBuffer.wrap(Base64.getDecoder().decode(json.path("leaf").asString()));
        leaf.position(2);
        for (int field = 0; field < 3; field++) {
            int length = leaf.getInt();
            leaf.position(leaf.position() + length);
        }
        assertThat(leaf.getInt()).isEqualTo(16);
        return new UUID(leaf.getLong(), leaf.getLong());
    }

    @Test
    void each_credential_that_left_has_exactly_one_leaf_with_the_purpose_it_was_asked_for() throws Exception {
        Answer made = operator.post("/v1/tenants", "{\"name\":\"leaves-" + UUID.randomUUID() + "\"}")
                .expect(201);
        control = operator.token(made.string("/token"));
        data = SharedServer.SERVER.dataPlaneAs(made.string("/token"));
        List<String> users = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            users.add(Credentials.user());
            control.post(Credentials.keysOf(users.getLast()), Credentials.add("openai", Credentials.openai()))
                    .expect(201);
        }
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                long seed = i;
                running.add(callers.submit(() -> caller(users, seed, OPERATIONS / CALLERS)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        assertThat(twice).as("uses with the same id").isEmpty();
        assertThat(purposes).hasSizeGreaterThan(OPERATIONS / 3);
        Map<String, String> recorded = new HashMap<>();
        Eventually.get(
                Duration.ofSeconds(90),
                () -> control.get("/v1/audit/export?words=true"),
                answer -> answer.status() == 200 && uses(answer.text()).size() >= purposes.size());
        for (JsonNode leaf :
                uses(control.get("/v1/audit/export?words=true").expect(200).text())) {
            String use = new UseId(useOf(leaf)).text();
            assertThat(recorded.put(use, leaf.path("purpose").asString()))
                    .as("two leaves of %s", use)
                    .isNull();
        }
        assertThat(recorded).as("leaves, and what callers were handed").isEqualTo(new HashMap<>(purposes));
    }
}
