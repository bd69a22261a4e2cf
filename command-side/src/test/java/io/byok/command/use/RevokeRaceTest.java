package io.byok.command.use;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.byok.command.CommandSideFixture;
import io.byok.command.bus.Ids;
import io.byok.command.head.KeyHead;
import io.byok.command.head.KeyHeads;
import io.byok.command.key.KeyFixture;
import io.byok.command.store.EventLog;
import io.byok.command.use.domain.Excluded;
import io.byok.kernel.KeyId;
import io.byok.kernel.Rejection;
import io.byok.kernel.TenantId;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.Opened;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.web.Caller;
import io.byok.platform.web.Scopes;
import io.byok.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** P2 and P3 on three nodes of one database, without HTTP. */
class RevokeRaceTest {

    private static final Logger LOG = LoggerFactory.getLogger(RevokeRaceTest.class);
    private static final int RACES = Integer.getInteger("byok.races", 60);
    private static final int RACES_AT_ONCE = 8;
    private static final List<CommandSideFixture> NODES = new ArrayList<>();

    @TempDir
    private static Path data;

    private static TestDatabase database;
    private static CommandSideFixture one;
    private static CommandSideFixture two;
    private static CommandSideFixture three;
    private static Caller caller;
    private static KeyFixture keys;

    @BeforeAll
    static void startNodes() {
        database = CommandSideFixture.freshDatabase();
        one = new CommandSideFixture(database, data);
        two = new CommandSideFixture(database, data);
        three = new CommandSideFixture(database, data);
        NODES.addAll(List.of(one, two, three));
        TenantId tenant = one.get(Ids.class).tenant();
        caller = new Caller(tenant, one.get(Ids.class).token(), Set.of(Scopes.KEYS_RESOLVE), "req-1");
        keys = new KeyFixture(one, tenant);
    }

    @AfterAll
    static void stop() {
        three.close();
        two.close();
        one.close();
    }

    private static ResolveRequest request(String user) {
        return ResolveRequest.first(user, "openai", "production", "test");
    }

    private static String secret(Resolved resolved) {
        assertThat(resolved.credential()).isNotNull();
        return resolved.credential()
                .field("apiKey")
                .orElseThrow()
                .exposeForUse(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /**
     * Every node has the key in its caches when it is stopped, and nobody tells them: every invalidation is lost.
     * {@code -Dbyok.races=10000} for the long version.
     */
    @Test
    void once_a_revoke_has_returned_no_node_serves_the_key_again() throws Exception {
        Set<String> usesHandedOut = ConcurrentHashMap.newKeySet();
        AtomicInteger served = new AtomicInteger();
        Semaphore atOnce = new Semaphore(RACES_AT_ONCE);
        try (ExecutorService races = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < RACES; i++) {
                int number = i;
                atOnce.acquire();
                running.add(races.submit(() -> {
                    try {
                        served.addAndGet(race(number, usesHandedOut));
                    } finally {
                        atOnce.release();
                    }
                    return null;
                }));
            }
            for (Future<?> race : running) {
                race.get();
            }
        }
        assertThat(served).as("the races were races").hasValueGreaterThanOrEqualTo(RACES * 3);
        assertThat(recordedUses()).as("every use handed out is recorded").containsAll(usesHandedOut);
        LOG.info("{} races on {} nodes, {} served before the stop, none after it", RACES, NODES.size(), served);
    }

    private static int race(int number, Set<String> usesHandedOut) throws Exception {
        String user = "racer-" + number;
        KeyId key = keys.add(user, "secret-" + number);
        AtomicBoolean stopped = new AtomicBoolean();
        CountDownLatch warm = new CountDownLatch(NODES.size());
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> running = NODES.stream()
                    .map(node -> callers.submit(
                            () -> resolveUntilRefused(door(node, number), user, stopped, warm, usesHandedOut)))
                    .toList();
            warm.await();
            switch (number % 3) {
                case 0 -> keys.revoke(key);
                case 1 -> keys.disable(key);
                default -> keys.delete(key);
            }
            stopped.set(true);
            int served = 0;
            for (Future<Integer> one : running) {
                served += one.get();
            }
            return served;
        }
    }

    private interface Door {
        Resolved resolve(ResolveRequest request);
    }

    /** As the control plane asks, or as the data plane does. */
    private static Door door(CommandSideFixture node, int number) {
        Resolver resolver = node.get(Resolver.class);
        return number % 2 == 0
                ? request -> resolver.resolve(caller, request)
                : request -> {
                    try {
                        return resolver.resolveLater(caller, request, Runnable::run, Runnable::run)
                                .join();
                    } catch (CompletionException no) {
                        throw no.getCause() instanceof Rejection rejection ? rejection : no;
                    }
                };
    }

    private static int resolveUntilRefused(
            Door node, String user, AtomicBoolean revoked, CountDownLatch warm, Set<String> usesHandedOut) {
        int served = 0;
        while (true) {
            boolean tooLate = revoked.get();
            try (Resolved resolved = node.resolve(request(user))) {
                assertThat(tooLate).as("served after the revoke returned").isFalse();
                usesHandedOut.add(String.valueOf(resolved.useId()));
                if (served++ == 0) {
                    warm.countDown();
                }
            } catch (Rejection no) {
                assertThat(no.refusal().code()).isEqualTo("no-usable-key");
                return served;
            }
        }
    }

    private static Set<String> recordedUses() {
        Set<String> uses = new HashSet<>();
        EventSealing sealing = one.get(EventSealing.class);
        long position = 0;
        for (List<StoredEvent> page = log(position); !page.isEmpty(); page = log(position)) {
            for (StoredEvent stored : page) {
                position = stored.position();
                if (sealing.open(stored.event()) instanceof Opened.Clear clear
                        && clear.envelope().event() instanceof UsesRecorded recorded) {
                    recorded.uses().stream().map(Use::id).map(Object::toString).forEach(uses::add);
                }
            }
        }
        return uses;
    }

    private static List<StoredEvent> log(long position) {
        return one.get(EventLog.class).after(position, 500);
    }

    @Test
    void a_rotated_key_serves_its_new_secret_at_once_on_every_node() {
        KeyId key = keys.add("rotator", "old");
        try (Resolved before = two.get(Resolver.class).resolve(caller, request("rotator"))) {
            assertThat(secret(before)).isEqualTo("old");
        }
        keys.rotate(key, "new", Duration.ZERO);
        try (Resolved after = two.get(Resolver.class).resolve(caller, request("rotator"))) {
            assertThat(secret(after)).isEqualTo("new");
            assertThat(after.version()).isEqualTo(2);
        }
    }

    /** Nothing here ends overlaps: the scheduler is as late as can be, and its restart does not help. */
    @Test
    void the_version_before_serves_until_its_overlap_ends_and_not_after_though_nobody_ended_it() throws Exception {
        KeyId key = keys.add("overlapping", "old");
        keys.rotate(key, "new", Duration.ofMillis(1500));
        Instant end = previous(one, key).until();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> running = NODES.stream()
                    .map(node -> callers.submit(() -> oldUntil(node, key, end)))
                    .toList();
            for (Future<Integer> node : running) {
                assertThat(node.get()).as("served while it lasted").isPositive();
            }
        }
        try (CommandSideFixture restarted = new CommandSideFixture(database, data)) {
            assertThat(previous(restarted, key).until()).as("still to be ended").isEqualTo(end);
            assertThat(oldUntil(restarted, key, end)).isZero();
            try (Resolved serving = restarted.get(Resolver.class).resolve(caller, request("overlapping"))) {
                assertThat(secret(serving)).isEqualTo("new");
            }
        }
    }

    private static KeyHead.Previous previous(CommandSideFixture node, KeyId key) {
        return Objects.requireNonNull(node.get(KeyHeads.class)
                .find(caller.tenant(), key)
                .orElseThrow()
                .previous());
    }

    /** Asks for the version before, again and again, until it is refused. */
    private static int oldUntil(CommandSideFixture node, KeyId key, Instant end) {
        ResolveRequest excluding = new ResolveRequest(
                "overlapping", "openai", "production", "test", null, List.of(new Excluded(key, null)), null, 0);
        int served = 0;
        while (true) {
            Instant asked = Instant.now();
            try (Resolved resolved = node.get(Resolver.class).resolve(caller, excluding)) {
                assertThat(asked).as("served after the end").isBefore(end);
                assertThat(secret(resolved)).isEqualTo("old");
                served++;
            } catch (Rejection no) {
                assertThat(Instant.now()).as("refused before the end").isAfterOrEqualTo(end);
                return served;
            }
        }
    }

    @Test
    void another_tenant_finds_nothing_under_the_same_user_id() {
        keys.add("shared-name", "mine");
        Caller stranger = new Caller(
                one.get(Ids.class).tenant(), one.get(Ids.class).token(), Set.of(Scopes.KEYS_RESOLVE), "req-2");
        assertThatThrownBy(() -> one.get(Resolver.class).resolve(stranger, request("shared-name")))
                .asInstanceOf(type(Rejection.class))
                .extracting(no -> no.refusal().code())
                .isEqualTo("no-usable-key");
    }

    @Test
    void concurrent_rotations_on_two_nodes_lose_no_update() throws Exception {
        KeyId key = keys.add("busy", "v1");
        KeyFixture other = new KeyFixture(two, caller.tenant());
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> rotations = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                KeyFixture node = i % 2 == 0 ? keys : other;
                String secret = "v-" + i;
                rotations.add(callers.submit(() -> node.rotate(key, secret, Duration.ZERO)));
            }
            for (Future<?> rotation : rotations) {
                rotation.get();
            }
        }
        try (Resolved last = one.get(Resolver.class).resolve(caller, request("busy"))) {
            assertThat(last.version()).isEqualTo(21);
        }
    }
}
