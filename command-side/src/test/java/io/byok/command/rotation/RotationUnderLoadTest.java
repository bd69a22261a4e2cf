package io.byok.command.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.command.CommandSideFixture;
import io.byok.command.bus.Ids;
import io.byok.command.head.KeyHead;
import io.byok.command.head.KeyHeads;
import io.byok.command.key.KeyFixture;
import io.byok.command.store.EventLog;
import io.byok.command.vault.Credential;
import io.byok.command.vault.CredentialVault;
import io.byok.kernel.KeyId;
import io.byok.kernel.TenantId;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.Opened;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.seal.KeyChain;
import io.byok.platform.seal.KeyLevel;
import io.byok.platform.seal.KeySql;
import io.byok.platform.seal.Rotation;
import io.byok.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * R14: keys of every level are rotated on two nodes of one database while others add, rotate, resolve and delete, and the
 * rotation of each level is ended at random steps. {@code -Dbyok.rotation.kills=} makes it longer (so many per level), {@code
 * -Dbyok.rotation.seed=} another.
 */
class RotationUnderLoadTest {

    private static final Logger log = LoggerFactory.getLogger(RotationUnderLoadTest.class);
    private static final int KILLS = Integer.getInteger("byok.rotation.kills", 50);
    private static final long SEED = Long.getLong("byok.rotation.seed", 20261123L);
    private static final int WORKERS = 4;
    private static final int MOST_KEYS = 12;

    @TempDir
    private static Path data;

    private static TestDatabase database;
    private static CommandSideFixture one;
    private static CommandSideFixture two;

    private final AtomicBoolean enough = new AtomicBoolean();
    private final KeySql sql = new KeySql(database.dataSource());

    @BeforeAll
    static void startTwoNodes() {
        database = CommandSideFixture.freshDatabase();
        one = new CommandSideFixture(database, data);
        two = new CommandSideFixture(database, data);
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    /** What one worker's keys must open to; nobody else touches them. */
    private record Held(TenantId tenant, Map<KeyId, String> secrets, List<KeyId> deleted) {}

    @Test
    void nothing_is_lost_when_rotation_is_killed_anywhere() throws Exception {
        Map<KeyLevel, Kills> kills = new EnumMap<>(KeyLevel.class);
        for (KeyLevel level : KeyLevel.values()) {
            kills.put(level, new Kills(SEED + level.ordinal(), KILLS));
        }
        List<Held> held = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Held>> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                Random random = new Random(SEED + i);
                workers.add(threads.submit((Callable<Held>) () -> work(random)));
            }
            try {
                rotate(kills);
            } finally {
                enough.set(true);
            }
            for (Future<Held> worker : workers) {
                held.add(worker.get());
            }
        }
        rotateAllOnce(kills);

        log.info("killed at {}", kills);
        assertThat(kills)
                .allSatisfy((level, ended) ->
                        assertThat(ended.left()).as("kills of %s", level).isZero());
        assertThat(kills.values().stream()
                        .flatMap(ended -> ended.at().keySet().stream())
                        .distinct())
                .as("every kind of step was killed at least once")
                .hasSizeGreaterThanOrEqualTo(5);
        try (CommandSideFixture fresh = new CommandSideFixture(database, data)) {
            for (Held one : held) {
                assertThat(one.secrets()).isNotEmpty();
                one.secrets()
                        .forEach((key, secret) -> assertThat(open(fresh, one.tenant(), key))
                                .as("what %s opens to", key)
                                .contains(secret));
                one.deleted()
                        .forEach(key -> assertThat(stored(key))
                                .as("what is left of %s", key)
                                .isZero());
            }
            assertThat(everyEventOpens(fresh)).isPositive();
            for (KeyLevel level : List.of(KeyLevel.ROOT, KeyLevel.TENANT)) {
                assertThat(fresh.get(Levels.class).of(level).counts())
                        .as("versions of %s keys", level)
                        .isNotEmpty()
                        .allMatch(Rotation.Count::newest);
            }
            assertThat(sql.list("select from keyring.tenant_kek where retired_at is not null", row -> true))
                    .as("old versions of tenants' keys")
                    .isEmpty();
        }
        int living = held.stream().mapToInt(one -> one.secrets().size()).sum();
        assertThat(count("select count(*) from vault.credential_key")).isEqualTo(living);
    }

    /** Levels in turns, so that each is rotated in the midst of what another has left behind. */
    private void rotate(Map<KeyLevel, Kills> kills) {
        Random random = new Random(SEED);
        while (kills.values().stream().anyMatch(ended -> ended.left() > 0)) {
            KeyLevel level = KeyLevel.values()[random.nextInt(KeyLevel.values().length)];
            Kills ended = kills.get(level);
            if (ended.left() == 0) {
                continue;
            }
            Rotation.Scope scope = scope();
            while (!ranToTheEnd(random.nextBoolean() ? one : two, level, scope, ended)) {
                // Killed: the next node takes it up.
            }
        }
    }

    private void rotateAllOnce(Map<KeyLevel, Kills> kills) {
        for (KeyLevel level : KeyLevel.values()) {
            Rotation.Scope scope = scope();
            assertThat(ranToTheEnd(two, level, scope, kills.get(level))).isTrue();
            assertThat(one.get(Levels.class).of(level).remaining(scope))
                    .as("left of %s", level)
                    .isZero();
        }
    }

    private static boolean ranToTheEnd(CommandSideFixture node, KeyLevel level, Rotation.Scope scope, Kills kills) {
        try {
            return node.get(Levels.class).of(level).run(scope, kills) == 0;
        } catch (Kills.Killed killed) {
            return false;
        }
    }

    private Rotation.Scope scope() {
        return new Rotation.Scope(
                EnumSet.allOf(KeyChain.class),
                null,
                sql.list(
                                "select now()",
                                row -> row.getObject(1, OffsetDateTime.class).toInstant())
                        .getFirst(),
                false);
    }

    private Held work(Random random) {
        TenantId tenant = one.get(Ids.class).tenant();
        Held held = new Held(tenant, new HashMap<>(), new ArrayList<>());
        for (int i = 0; !enough.get() || held.secrets().isEmpty(); i++) {
            CommandSideFixture node = random.nextBoolean() ? one : two;
            KeyFixture keys = new KeyFixture(node, tenant);
            String secret = "secret-" + tenant + "-" + i;
            List<KeyId> known = List.copyOf(held.secrets().keySet());
            if (known.size() < 2 || known.size() < MOST_KEYS && random.nextInt(3) == 0) {
                held.secrets().put(keys.add("user-" + random.nextInt(5), secret), secret);
                continue;
            }
            KeyId key = known.get(random.nextInt(known.size()));
            switch (random.nextInt(8)) {
                case 0 -> {
                    keys.delete(key);
                    held.secrets().remove(key);
                    held.deleted().add(key);
                }
                case 1, 2 -> {
                    keys.rotate(key, secret, random.nextBoolean() ? Duration.ZERO : Duration.ofHours(1));
                    held.secrets().put(key, secret);
                }
                default ->
                    assertThat(open(node, tenant, key)).contains(held.secrets().get(key));
            }
        }
        return held;
    }

    private static Optional<String> open(CommandSideFixture node, TenantId tenant, KeyId key) {
        KeyHead head = node.get(KeyHeads.class).find(tenant, key).orElseThrow();
        return node.get(CredentialVault.class)
                .open(tenant, head.subject(), key, head.version())
                .map(RotationUnderLoadTest::text);
    }

    private static String text(Credential credential) {
        try (credential) {
            return credential
                    .field("apiKey")
                    .orElseThrow()
                    .exposeForUse(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private int stored(KeyId key) {
        return sql.list("select from vault.credential_key where key = ?", row -> true, key.value())
                        .size()
                + sql.list("select from vault.credential where key = ?", row -> true, key.value())
                        .size();
    }

    private long count(String query) {
        return sql.list(query, row -> row.getLong(1)).getFirst();
    }

    private static int everyEventOpens(CommandSideFixture node) {
        EventSealing sealing = node.get(EventSealing.class);
        EventLog log = node.get(EventLog.class);
        int opened = 0;
        for (List<StoredEvent> page = log.after(0, 500); !page.isEmpty(); ) {
            for (StoredEvent stored : page) {
                assertThat(sealing.open(stored.event())).isInstanceOf(Opened.Clear.class);
                opened++;
            }
            page = log.after(page.getLast().position(), 500);
        }
        return opened;
    }
}
