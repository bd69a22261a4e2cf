package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.testkit.TestDatabase;
import io.byok.testkit.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that are destroyed on purpose. */
class TombstonesTest {

    private static final String ROOT = "c2c95f1e8a4370b6d1f3097be5a82c46907d3e6fb1845a0c2fe9d763b04a81e5";
    private static final Instant AT = Instant.parse("2026-11-22T12:34:56.123456Z");

    private final TestDatabase database = TestPostgres.freshDatabase("db/platform");
    private final Keyring keyring = keyring();
    private final DataKeyRef ref = keyring.subjectKey(Samples.TENANT, Samples.SUBJECT);
    private final byte[] sealed = new Sealer(keyring).seal(ref, Samples.event(), new byte[] {1});

    private Keyring keyring() {
        return new Keyring(database.dataSource(), new TenantKeks(database.dataSource(), EnvironmentRoot.roots(ROOT)));
    }

    private List<Tombstone> destroy() throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            List<Tombstone> tombstones =
                    Tombstones.ofSubject(connection, Samples.TENANT, Samples.SUBJECT, "Art. 17", AT);
            assertThat(Tombstones.delete(connection, tombstones)).isEqualTo(tombstones.size());
            Tombstones.bury(connection, tombstones);
            connection.commit();
            return tombstones;
        }
    }

    @Test
    void what_was_sealed_under_a_destroyed_key_is_shredded_and_no_error() throws SQLException {
        destroy();
        keyring.forget(ref);
        for (Keyring node : List.of(keyring, keyring())) {
            assertThat(new Opener(node).open(sealed, Samples.event())).isEqualTo(new Opened.Shredded(ref.id()));
            assertThat(new Opener(node).open(sealed, Samples.event()))
                    .as("the second time from memory")
                    .isEqualTo(new Opened.Shredded(ref.id()));
        }
    }

    @Test
    void whoever_was_destroyed_never_gets_another_key() throws SQLException {
        destroy();
        keyring.forget(ref);
        for (Keyring node : List.of(keyring, keyring())) {
            assertThatThrownBy(() -> node.subjectKey(Samples.TENANT, Samples.SUBJECT))
                    .isInstanceOf(Sealer.KeyDestroyed.class);
        }
        assertThat(rows("select count(*) from keyring.data_key where kind = 1")).isZero();
    }

    @Test
    void a_tombstone_proves_which_wrap_was_deleted() throws SQLException {
        byte[] wrapped;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("select wrapped from keyring.data_key where kind = 1")) {
            row.next();
            wrapped = row.getBytes(1);
        }
        assertThat(destroy()).singleElement().satisfies(one -> {
            assertThat(one.ref()).isEqualTo(ref);
            assertThat(one.wrapHash()).isEqualTo(Tombstone.hash(wrapped)).hasSize(64);
        });
        try (Connection connection = database.connect()) {
            assertThat(Tombstones.since(connection, 0)).singleElement().satisfies(stored -> {
                assertThat(stored.legalBasis()).isEqualTo("Art. 17");
                assertThat(stored.at()).isEqualTo(AT);
            });
        }
    }

    @Test
    void a_wrap_that_changed_since_it_was_counted_is_not_deleted() throws SQLException {
        try (Connection connection = database.connect()) {
            List<Tombstone> counted = Tombstones.ofSubject(connection, Samples.TENANT, Samples.SUBJECT, "Art. 17", AT);
            execute("update keyring.data_key set wrapped = wrapped || '\\x00' where kind = 1");
            assertThat(Tombstones.delete(connection, counted)).isZero();
        }
    }

    @Test
    void nobody_takes_a_tombstone_away() throws SQLException {
        destroy();
        for (String change : List.of(
                "delete from keyring.tombstone",
                "update keyring.tombstone set legal_basis = ''",
                "truncate keyring.tombstone")) {
            assertThatThrownBy(() -> execute(change)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void a_node_drops_what_was_destroyed_elsewhere_and_says_so_afterwards() throws SQLException {
        Keyring other = keyring();
        assertThat(new Opener(other).open(sealed, Samples.event())).isInstanceOf(Opened.Plain.class);
        UUID name = UUID.randomUUID();
        try (KeyNode node = new KeyNode(database.dataSource(), other, name, "all") /* looks when we say so */) {
            try (Connection connection = database.connect()) {
                assertThat(KeyHolder.all(connection)).isEmpty();
            }
            List<UUID> told = new ArrayList<>();
            node.alsoForgets(destroyed -> told.add(destroyed.id()));
            node.register();
            destroy();
            assertThat(new Opener(other).open(sealed, Samples.event()))
                    .as("still unwrapped in memory")
                    .isInstanceOf(Opened.Plain.class);
            assertThat(holder(name).dropped(1)).isFalse();
            node.look();
            assertThat(told).hasSize(1);
            assertThat(new Opener(other).open(sealed, Samples.event())).isInstanceOf(Opened.Shredded.class);
            assertThat(holder(name).dropped(1)).isTrue();
        }
        try (Connection connection = database.connect()) {
            assertThat(KeyHolder.all(connection))
                    .as("who leaves is not waited for")
                    .isEmpty();
        }
    }

    @Test
    void a_node_that_was_not_heard_of_for_long_holds_nothing() throws SQLException {
        UUID name = UUID.randomUUID();
        KeyNode node = new KeyNode(database.dataSource(), keyring(), name, "all");
        node.register();
        assertThat(holder(name).dropped(1)).isFalse();
        execute("update keyring.node set seen_at = now() - interval '5 minutes'");
        assertThat(holder(name).dropped(1)).as("a key may live just as long").isFalse();
        execute("update keyring.node set seen_at = now() - interval '6 minutes'");
        assertThat(holder(name).dropped(1)).isTrue();
        node.close();
    }

    @Test
    void a_node_keeps_its_name_over_a_restart(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("data").resolve("node");
        UUID name = KeyNode.nameIn(file);
        assertThat(KeyNode.nameIn(file)).isEqualTo(name);
        Files.writeString(file, "?");
        assertThatThrownBy(() -> KeyNode.nameIn(file)).isInstanceOf(KeyRefused.class);
    }

    private KeyHolder holder(UUID name) throws SQLException {
        try (Connection connection = database.connect()) {
            return KeyHolder.all(connection).stream()
                    .filter(holder -> holder.node().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private long rows(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
