package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.TenantId;
import io.byok.testkit.TestDatabase;
import io.byok.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backup horizon: what a copy of the database from before an erasure is worth, before and after the root's rotation. */
class RestoredBackupTest {

    private static final Instant AT = Instant.parse("2026-11-22T12:34:56Z");

    @TempDir
    private Path directory;

    private final TestDatabase database = TestPostgres.freshDatabase("db/platform");
    private final TestDatabase restored = TestPostgres.freshDatabase("db/platform");
    private byte[] sealed = new byte[0];

    @BeforeEach
    void a_backup_is_made_then_the_user_is_erased() throws Exception {
        Keyring keyring = keyring(database, "keyring");
        DataKeyRef ref = keyring.subjectKey(Samples.TENANT, Samples.SUBJECT);
        sealed = new Sealer(keyring).seal(ref, Samples.event(), new byte[] {7});
        copy("keyring.tenant_kek", "kek, version, tenant, chain, root, root_version, wrapped");
        copy("keyring.data_key", "data_key, version, tenant, kind, owner, wrapped");
        Files.copy(
                directory.resolve("keyring"), directory.resolve("keyring-of-then"), StandardCopyOption.COPY_ATTRIBUTES);
        try (Connection connection = database.connect()) {
            List<Tombstone> tombstones =
                    Tombstones.ofSubject(connection, Samples.TENANT, Samples.SUBJECT, "Art. 17", AT);
            Tombstones.delete(connection, tombstones);
            Tombstones.bury(connection, tombstones);
        }
        assertThat(open(keyring(database, "keyring"))).isInstanceOf(Opened.Shredded.class);
    }

    @Test
    void until_the_root_is_rotated_a_backup_still_opens_what_was_erased() throws IOException {
        assertThat(open(keyring(restored, "keyring")))
                .as("that is the residue which certificates state a horizon for")
                .isInstanceOf(Opened.Plain.class);
    }

    @Test
    void P7_once_the_old_version_of_the_root_is_destroyed_no_backup_opens_what_was_erased() throws IOException {
        Roots roots = roots("keyring");
        RootRotation rotation = new RootRotation(database.dataSource(), roots);
        assertThat(rotation.run(
                        new Rotation.Scope(
                                Set.of(KeyChain.EVENTS), null, Instant.now().plusSeconds(60), false),
                        new Nobody()))
                .isZero();
        assertThat(roots.current(KeyChain.EVENTS).describe().versions()).doesNotContain(1);

        assertThatThrownBy(() -> open(keyring(restored, "keyring"))).isInstanceOf(KeysUnavailable.class);
        assertThat(open(keyring(restored, "keyring-of-then")))
                .as("a backup of the keyring from then opens it: backups of both must go, or be of no use together")
                .isInstanceOf(Opened.Plain.class);
    }

    private static final class Nobody implements RotationWatch {

        @Override
        public void reached(Step step) {}

        @Override
        public void moved(int count) {}

        @Override
        public void broken(UUID key, int version) {}

        @Override
        public void destroyed(KeyChain chain, @Nullable TenantId tenant, UUID key, int version) {}
    }

    private Roots roots(String file) throws IOException {
        return new Roots(KeyringFile.openOrCreate(directory.resolve(file)).roots());
    }

    private Keyring keyring(TestDatabase at, String file) throws IOException {
        return new Keyring(at.dataSource(), new TenantKeks(at.dataSource(), roots(file)));
    }

    private Opened open(Keyring keyring) {
        return new Opener(keyring).open(sealed, Samples.event());
    }

    private void copy(String table, String columns) throws SQLException {
        int count = columns.split(",").length;
        try (Connection from = database.connect();
                Connection to = restored.connect();
                PreparedStatement select = from.prepareStatement("select " + columns + " from " + table);
                ResultSet rows = select.executeQuery();
                PreparedStatement insert = to.prepareStatement(
                        "insert into " + table + " (" + columns + ") values (?" + ", ?".repeat(count - 1) + ")")) {
            while (rows.next()) {
                for (int i = 1; i <= count; i++) {
                    insert.setObject(i, rows.getObject(i));
                }
                insert.executeUpdate();
            }
        }
    }
}
