package io.byok.command.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.command.CommandSideFixture;
import io.byok.command.bus.Ids;
import io.byok.command.bus.Receipt;
import io.byok.command.key.domain.Key;
import io.byok.command.store.StreamMemory;
import io.byok.kernel.KeyId;
import io.byok.kernel.Rejection;
import io.byok.kernel.TenantId;
import io.byok.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node remembers of streams never shows: whatever another node did meanwhile, each answer is the log's. */
class RememberedKeysTest {

    private static final int STEPS = 400;

    @TempDir
    private static Path data;

    private static CommandSideFixture one;
    private static CommandSideFixture two;
    private static KeyFixture here;
    private static KeyFixture there;

    @BeforeAll
    static void startNodes() {
        TestDatabase database = CommandSideFixture.freshDatabase();
        one = new CommandSideFixture(database, data);
        two = new CommandSideFixture(database, data);
        TenantId tenant = one.get(Ids.class).tenant();
        here = new KeyFixture(one, tenant);
        there = new KeyFixture(two, tenant);
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    @Test
    void what_changes_nothing_here_does_when_another_node_came_between() {
        KeyId key = here.add("ada", "secret");
        there.disable(key);

        Receipt<Key> enabled = here.enable(key);

        assertThat(enabled.state()).isInstanceOf(Key.Active.class);
        assertThat(enabled.version()).isEqualTo(2);
        assertThat(one.get(StreamMemory.class).cache().stats().hitCount()).isPositive();
    }

    @Test
    void a_random_history_on_two_nodes_is_the_history_of_one() {
        Random random = new Random(20261123);
        Map<KeyId, String> status = new ConcurrentHashMap<>();
        Map<KeyId, Long> version = new ConcurrentHashMap<>();
        List<KeyId> keys = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            KeyId key = here.add("bob", "secret");
            keys.add(key);
            status.put(key, "active");
            version.put(key, 0L);
        }
        for (int step = 0; step < STEPS; step++) {
            KeyFixture node = random.nextBoolean() ? here : there;
            KeyId key = keys.get(random.nextInt(keys.size()));
            String before = status.get(key);
            String asked =
                    List.of("enable", "disable", "rotate", "revoke").get(step < STEPS - 20 ? random.nextInt(3) : 3);
            boolean refused = before.equals("revoked") && !asked.equals("revoke");
            boolean changes = !refused
                    && switch (asked) {
                        case "enable" -> before.equals("disabled");
                        case "disable" -> before.equals("active");
                        case "rotate" -> true;
                        default -> !before.equals("revoked");
                    };
            try {
                Receipt<Key> receipt = switch (asked) {
                    case "enable" -> node.enable(key);
                    case "disable" -> node.disable(key);
                    case "rotate" -> node.rotate(key, "secret " + step, Duration.ZERO);
                    default -> node.revoke(key);
                };
                assertThat(refused).as("step %d: %s of %s", step, asked, before).isFalse();
                version.merge(key, changes ? 1L : 0L, Long::sum);
                assertThat(receipt.version())
                        .as("step %d: %s of %s", step, asked, before)
                        .isEqualTo(version.get(key));
            } catch (Rejection rejection) {
                assertThat(refused)
                        .as("step %d: %s of %s, %s", step, asked, before, rejection.getMessage())
                        .isTrue();
            }
            if (changes && !asked.equals("rotate")) {
                status.put(key, asked.equals("enable") ? "active" : asked.equals("disable") ? "disabled" : "revoked");
            }
        }
    }

    @Test
    void rotations_on_two_nodes_at_once_lose_none() throws Exception {
        KeyId key = here.add("eve", "secret");
        int each = 20;
        AtomicInteger refused = new AtomicInteger();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> rotations = new ArrayList<>();
            for (KeyFixture node : List.of(here, there)) {
                rotations.add(callers.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        try {
                            node.rotate(key, "secret " + i, Duration.ZERO);
                        } catch (Rejection keepsChanging) {
                            refused.incrementAndGet();
                        }
                    }
                }));
            }
            for (Future<?> rotation : rotations) {
                rotation.get();
            }
        }
        Receipt<Key> last = here.disable(key);
        assertThat(last.version()).isEqualTo(2L * each - refused.get() + 1);
        assertThat(((Key.Present) last.state()).facts().current().number()).isEqualTo(2 * each - refused.get() + 1);
    }
}
