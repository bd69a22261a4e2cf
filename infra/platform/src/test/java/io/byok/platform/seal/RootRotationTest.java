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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rotation of roots and tenants' keys, step by step. Under load: {@code RotationUnderLoadTest} of the command side. */
class RootRotationTest {

    private static final String SETTING = "8f3c5d1e9a7b2640c8d1f2e3a4b596870f1e2d3c4b5a69788796a5b4c3d2e1f0";

    @TempDir
    Path directory;

    private final TestDatabase database = TestPostgres.freshDatabase("db/platform");
    private final KeySql sql = new KeySql(database.dataSource());
    private final List<String> told = new ArrayList<>();

    private record Node(Roots roots, TenantKeks keks, Keyring keyring, RootRotation rootRotation) {}

    private Node node(Roots roots) {
        TenantKeks keks = new TenantKeks(database.dataSource(), roots);
        keks.proveRoots();
        return new Node(
                roots, keks, new Keyring(database.dataSource(), keks), new RootRotation(database.dataSource(), roots));
    }

    private Node fileNode(String file) throws IOException {
        return node(new Roots(KeyringFile.openOrCreate(directory.resolve(file)).roots()));
    }

    private byte[] seal(Node node) {
        return new Sealer(node.keyring())
                .seal(node.keyring().subjectKey(Samples.TENANT, Samples.SUBJECT), Samples.event(), new byte[] {7});
    }

    private static Opened open(Node node, byte[] sealed) {
        return new Opener(node.keyring()).open(sealed, Samples.event());
    }

    private Rotation.Scope scope(boolean moves) {
        return new Rotation.Scope(
                Set.of(KeyChain.EVENTS),
                null,
                sql.list(
                                "select now()",
                                row -> row.getObject(1, OffsetDateTime.class).toInstant())
                        .getFirst(),
                moves);
    }

    @Test
    void everything_is_wrapped_under_the_new_version_and_the_old_one_is_destroyed() throws IOException {
        Node node = fileNode("keyring");
        byte[] sealed = seal(node);
        Rotation.Scope scope = scope(false);
        assertThat(node.rootRotation().remaining(scope)).isEqualTo(1);

        assertThat(node.rootRotation().run(scope, watch())).isZero();

        assertThat(node.rootRotation().remaining(scope)).isZero();
        assertThat(told).containsExactly("root 1");
        assertThat(node.roots().current(KeyChain.EVENTS).describe().versions()).containsExactly(2);
        assertThat(open(fileNode("keyring"), sealed)).isInstanceOf(Opened.Plain.class);
        assertThat(node.rootRotation().counts())
                .filteredOn(count -> count.chain() == KeyChain.EVENTS)
                .singleElement()
                .satisfies(count -> {
                    assertThat(count.version()).isEqualTo(2);
                    assertThat(count.newest()).isTrue();
                    assertThat(count.count()).isEqualTo(1);
                });
    }

    @Test
    void a_copy_of_the_database_from_before_does_not_open_with_the_keyring_from_after() throws IOException {
        Node node = fileNode("keyring");
        seal(node);
        List<TenantKekTable.Row> copy = rows();
        node.rootRotation().run(scope(false), watch());

        Map<KeyChain, KekProvider> present =
                KeyringFile.open(directory.resolve("keyring")).roots();
        KekWraps wraps = new KekWraps(new Roots(present));
        assertThat(copy).isNotEmpty().allSatisfy(row -> {
            assertThatThrownBy(() -> wraps.unwrap(row)).isInstanceOf(KeysUnavailable.class);
            assertThatThrownBy(() -> provider(present).unwrap(row.wrapped(), Samples.wrappedKey()))
                    .isInstanceOf(SealBroken.class);
        });
        assertThat(rows()).allSatisfy(row -> wraps.unwrap(row).close());
    }

    @Test
    void a_node_that_was_up_all_the_time_meets_the_new_version_by_itself() throws IOException {
        Node here = fileNode("keyring");
        byte[] sealed = seal(here);
        Node there = fileNode("keyring");

        here.rootRotation().run(scope(false), watch());

        assertThat(open(there, sealed)).isInstanceOf(Opened.Plain.class);
        DataKeyRef ofNewTenant = there.keyring().lookupKey(new TenantId(UUID.randomUUID()));
        assertThat(here.keyring().byId(ofNewTenant.id(), 1)).isInstanceOf(Keyring.Found.Live.class);
    }

    @Test
    void a_node_with_an_old_copy_of_the_file_says_what_it_lacks_and_serves_once_it_has_it() throws IOException {
        Node here = fileNode("keyring");
        byte[] sealed = seal(here);
        Files.copy(directory.resolve("keyring"), directory.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
        Node there = fileNode("copy");
        here.rootRotation().run(scope(false), watch());

        assertThatThrownBy(() -> open(there, sealed))
                .isInstanceOf(KeysUnavailable.class)
                .hasMessage("this node's root has no version 2");
        assertThatThrownBy(() -> there.keyring().lookupKey(new TenantId(UUID.randomUUID())))
                .as("a wrap under a destroyed version is never stored")
                .isInstanceOf(KeysUnavailable.class);
        assertThatThrownBy(() -> fileNode("copy"))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("lacks version 2");

        Files.copy(
                directory.resolve("keyring"),
                directory.resolve("copy"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        there.roots().current(KeyChain.EVENTS).refresh();
        assertThat(open(there, sealed)).isInstanceOf(Opened.Plain.class);
    }

    @Test
    void a_root_is_left_for_another_and_then_not_needed_any_more() throws IOException {
        Node before = node(new Roots(EnvironmentRoot.roots(SETTING)));
        byte[] sealed = seal(before);
        assertThatThrownBy(() -> fileNode("keyring"))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("BYOK_PREVIOUS_ENCRYPTION_KEY");

        Node both = node(new Roots(
                KeyringFile.openOrCreate(directory.resolve("keyring")).roots(), EnvironmentRoot.roots(SETTING)));
        assertThat(open(both, sealed)).isInstanceOf(Opened.Plain.class);
        assertThat(both.rootRotation().leaves(KeyChain.EVENTS)).isTrue();
        assertThat(both.rootRotation().run(scope(true), watch())).isZero();

        assertThat(both.rootRotation().leaves(KeyChain.EVENTS)).isFalse();
        assertThat(told).containsExactly("root 1");
        assertThat(both.roots().current(KeyChain.EVENTS).describe().versions())
                .as("a fresh root needs no new version")
                .containsExactly(1);
        assertThat(open(fileNode("keyring"), sealed)).isInstanceOf(Opened.Plain.class);
        assertThatThrownBy(() -> before.keyring().lookupKey(new TenantId(UUID.randomUUID())))
                .as("whoever still has the old root only can wrap nothing under it")
                .isInstanceOf(KeysUnavailable.class);
        assertThatThrownBy(() -> node(new Roots(
                        EnvironmentRoot.roots(SETTING),
                        KeyringFile.open(directory.resolve("keyring")).roots())))
                .as("and nobody takes it back")
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("was left by a rotation");
    }

    @Test
    void a_wrap_that_does_not_open_keeps_its_version_alive() throws IOException {
        Node node = fileNode("keyring");
        byte[] sealed = seal(node);
        node.keyring().lookupKey(new TenantId(UUID.randomUUID()));
        sql.change("update keyring.tenant_kek set wrapped = set_byte(wrapped, 100, get_byte(wrapped, 100) # 1)"
                + " where tenant <> '" + Samples.TENANT.value() + "'");

        assertThat(node.rootRotation().run(scope(false), watch())).isEqualTo(1);

        assertThat(told).containsOnly("broken");
        assertThat(node.roots().current(KeyChain.EVENTS).describe().versions()).containsExactly(1, 2);
        assertThat(open(node, sealed)).isInstanceOf(Opened.Plain.class);
    }

    @Test
    void a_new_tenant_key_takes_every_data_key_and_the_old_one_is_gone() throws IOException {
        Node node = fileNode("keyring");
        Node other = fileNode("keyring");
        byte[] sealed = seal(node);
        other.keyring().lookupKey(Samples.TENANT);
        TenantKekRotation rotation = new TenantKekRotation(
                database.dataSource(), node.keks(), List.of(DataKeyRows.ofKeyring(database.dataSource())));
        Rotation.Scope scope = scope(false);
        assertThat(rotation.remaining(scope)).isEqualTo(2);

        assertThat(rotation.run(scope, watch())).isZero();

        assertThat(rotation.remaining(scope)).isZero();
        assertThat(rows()).extracting(TenantKekTable.Row::version).containsExactly(2);
        assertThat(told).containsExactly("tenant 1");
        assertThat(open(other, sealed)).isInstanceOf(Opened.Plain.class);
        assertThat(other.keyring().auditKey(Samples.TENANT, 2026))
                .as("a node that remembers the old one wraps again under the new one")
                .isNotNull();
        assertThat(rotation.run(scope, watch())).as("again").isZero();
        assertThat(rows()).extracting(TenantKekTable.Row::version).containsExactly(2);
    }

    @Test
    void events_stay_under_the_data_key_they_were_sealed_with_and_new_ones_get_the_next() throws IOException {
        Node node = fileNode("keyring");
        byte[] before = seal(node);
        DataKeyRotation rotation = new DataKeyRotation(database.dataSource(), node.keyring(), node.keks());
        assertThat(rotation.run(scope(false), watch())).isZero();
        byte[] after = seal(node);

        assertThat(SealedHeader.read(before).keyVersion()).isEqualTo(1);
        assertThat(SealedHeader.read(after).keyVersion()).isEqualTo(2);
        assertThat(open(fileNode("keyring"), before)).isInstanceOf(Opened.Plain.class);
        assertThat(open(fileNode("keyring"), after)).isInstanceOf(Opened.Plain.class);
        sql.change("delete from keyring.data_key where owner = ? and version = 1", Samples.SUBJECT.value());
        assertThatThrownBy(() -> open(fileNode("keyring"), after))
                .as("a key is deleted whole, also the version that a delete did not see")
                .isInstanceOf(KeyMissing.class);
    }

    private List<TenantKekTable.Row> rows() {
        return sql.list(
                "select " + TenantKekTable.COLUMNS + " from keyring.tenant_kek order by tenant, version",
                TenantKekTable::row);
    }

    private static KekProvider provider(Map<KeyChain, KekProvider> roots) {
        KekProvider root = roots.get(KeyChain.EVENTS);
        if (root == null) {
            throw new AssertionError("no events chain");
        }
        return root;
    }

    private RotationWatch watch() {
        return new RotationWatch() {
            @Override
            public void reached(Step step) {}

            @Override
            public void moved(int count) {}

            @Override
            public void broken(UUID key, int version) {
                told.add("broken");
            }

            @Override
            public void destroyed(KeyChain chain, @Nullable TenantId tenant, UUID key, int version) {
                told.add((tenant == null ? "root " : "tenant ") + version);
            }
        };
    }
}
