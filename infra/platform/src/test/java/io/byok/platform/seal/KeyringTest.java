package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.testkit.TestDatabase;
import io.byok.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class KeyringTest {

    private static final TenantId PLATFORM = new TenantId(new UUID(0, 0));

    private final TestDatabase database = TestPostgres.freshDatabase("db/platform");
    private final Map<KeyChain, KekProvider> roots = freshRoots();
    private final Keyring keyring = node();

    private Keyring node() {
        return new Keyring(database.dataSource(), new TenantKeks(database.dataSource(), roots));
    }

    @Test
    void what_one_node_seals_another_opens() {
        DataKeyRef ref = keyring.subjectKey(Samples.TENANT, Samples.SUBJECT);
        byte[] sealed = new Sealer(keyring).seal(ref, Samples.event(), new byte[] {1, 2, 3});
        assertThat(new Opener(node()).open(sealed, Samples.event()))
                .isInstanceOfSatisfying(
                        Opened.Plain.class,
                        plain -> assertThat(plain.plaintext()).containsExactly(1, 2, 3));
    }

    @Test
    void every_owner_has_one_key_and_every_node_the_same() {
        Set<UUID> ids = new HashSet<>();
        for (TenantId tenant : new TenantId[] {Samples.TENANT, PLATFORM}) {
            for (DataKeyRef ref : new DataKeyRef[] {
                keyring.subjectKey(tenant, Samples.SUBJECT),
                keyring.subjectKey(tenant, new SubjectId(new UUID(0, 2026))),
                keyring.auditKey(tenant, 2026),
                keyring.auditKey(tenant, 2027),
                keyring.lookupKey(tenant)
            }) {
                assertThat(ids.add(ref.id())).isTrue();
            }
        }
        assertThat(ids).hasSize(10);
        assertThat(node().auditKey(PLATFORM, 2026)).isEqualTo(keyring.auditKey(PLATFORM, 2026));
        assertThat(node().subjectKey(Samples.TENANT, Samples.SUBJECT))
                .isEqualTo(keyring.subjectKey(Samples.TENANT, Samples.SUBJECT));
    }

    @Test
    void nodes_that_ask_at_the_same_moment_get_the_same_key() throws Exception {
        int callers = 8;
        CyclicBarrier together = new CyclicBarrier(callers);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 5; round++) {
                TenantId tenant = new TenantId(UUID.randomUUID());
                SubjectId subject = new SubjectId(UUID.randomUUID());
                Callable<DataKeyRef> ask = () -> {
                    Keyring own = node();
                    together.await();
                    return own.subjectKey(tenant, subject);
                };
                Set<DataKeyRef> refs = new HashSet<>();
                for (Future<DataKeyRef> asked : threads.invokeAll(Collections.nCopies(callers, ask))) {
                    refs.add(asked.get());
                }
                assertThat(refs).hasSize(1);
                DataKeyRef ref = refs.iterator().next();
                Aad place = Aad.event(tenant, subject, Samples.stream(), 0, Samples.EVENT, "key-added", 1);
                byte[] sealed = new Sealer(node()).seal(ref, place, new byte[1]);
                assertThat(new Opener(node()).open(sealed, place)).isInstanceOf(Opened.Plain.class);
            }
        }
    }

    @Test
    void a_key_whose_row_somebody_deleted_is_missing_and_never_passes_for_destroyed() throws SQLException {
        DataKeyRef ref = keyring.subjectKey(Samples.TENANT, Samples.SUBJECT);
        byte[] sealed = new Sealer(keyring).seal(ref, Samples.event(), new byte[1]);
        execute("delete from keyring.data_key where data_key = '" + ref.id() + "'");
        keyring.forget(ref);

        for (Keyring node : new Keyring[] {keyring, node()}) {
            assertThatThrownBy(() -> new Opener(node).open(sealed, Samples.event()))
                    .isInstanceOf(KeyMissing.class)
                    .hasMessageContaining(ref.id().toString());
        }
        assertThatThrownBy(() -> new Sealer(keyring).seal(ref, Samples.event(), new byte[1]))
                .isInstanceOf(Sealer.KeyDestroyed.class);
    }

    @Test
    void a_tenant_key_whose_row_somebody_deleted_does_not_make_a_tenant_pass_for_destroyed() throws SQLException {
        DataKeyRef ref = keyring.subjectKey(Samples.TENANT, Samples.SUBJECT);
        byte[] sealed = new Sealer(keyring).seal(ref, Samples.event(), new byte[1]);
        execute("delete from keyring.tenant_kek");
        assertThatThrownBy(() -> new Opener(node()).open(sealed, Samples.event()))
                .isInstanceOf(KeyMissing.class);
    }

    @Test
    void a_wrapped_key_moved_to_another_row_does_not_open() throws SQLException {
        DataKeyRef ours = keyring.subjectKey(Samples.TENANT, Samples.SUBJECT);
        DataKeyRef theirs = keyring.subjectKey(Samples.TENANT, new SubjectId(new UUID(5, 5)));
        execute("update keyring.data_key set wrapped = (select wrapped from keyring.data_key where data_key = '"
                + theirs.id() + "') where data_key = '" + ours.id() + "'");
        assertThatThrownBy(() -> node().byId(ours.id(), 1)).isInstanceOf(SealBroken.class);
    }

    @Test
    void a_tenant_key_moved_to_another_tenant_does_not_open() throws SQLException {
        TenantId other = new TenantId(new UUID(5, 5));
        keyring.lookupKey(Samples.TENANT);
        DataKeyRef theirs = keyring.lookupKey(other);
        execute("alter table keyring.tenant_kek disable trigger user");
        execute("delete from keyring.tenant_kek where tenant = '" + Samples.TENANT.value() + "'");
        execute("update keyring.tenant_kek set tenant = '" + Samples.TENANT.value() + "'");
        assertThatThrownBy(() -> node().subjectKey(Samples.TENANT, Samples.SUBJECT))
                .isInstanceOf(SealBroken.class);
        assertThat(node().byId(theirs.id(), 1)).isEqualTo(new Keyring.Found.Missing(theirs.id()));
    }

    @Test
    void rows_keep_their_names() {
        DataKeyRef ref = keyring.lookupKey(Samples.TENANT);
        assertThatThrownBy(
                        () -> execute("update keyring.data_key set owner = tenant where data_key = '" + ref.id() + "'"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void a_key_serves_its_own_tenant_and_purpose_only() {
        Sealer sealer = new Sealer(keyring);
        DataKeyRef other = keyring.subjectKey(new TenantId(new UUID(5, 5)), Samples.SUBJECT);
        DataKeyRef lookup = keyring.lookupKey(Samples.TENANT);
        DataKeyRef subject = keyring.subjectKey(Samples.TENANT, Samples.SUBJECT);
        assertThatThrownBy(() -> sealer.seal(other, Samples.event(), new byte[1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sealer.seal(lookup, Samples.event(), new byte[1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sealer.seal(subject, Samples.secret(), new byte[1]))
                .isInstanceOf(IllegalArgumentException.class);
        byte[] sealed = sealer.seal(subject, Samples.event(), new byte[1]);
        assertThatThrownBy(() -> new Opener(keyring).open(sealed, Samples.secret()))
                .isInstanceOf(SealBroken.class);
    }

    @Test
    void a_node_without_the_credentials_chain_opens_events_and_no_credential() {
        Map<KeyChain, KekProvider> events = new EnumMap<>(roots);
        events.remove(KeyChain.CREDENTIALS);
        TenantKeks querySide = new TenantKeks(database.dataSource(), events);
        TenantKeks commandSide = new TenantKeks(database.dataSource(), roots);
        UUID owner = Samples.KEY.value();
        try (MintedKey credential = commandSide.mint(Samples.TENANT, DataKeyKind.CREDENTIAL, owner);
                MintedKey subject = commandSide.mint(Samples.TENANT, DataKeyKind.SUBJECT, owner)) {
            assertThat(querySide.unwrap(subject.ref(), subject.wrapped())).isPresent();
            assertThatThrownBy(() -> querySide.unwrap(credential.ref(), credential.wrapped()))
                    .isInstanceOf(KeysUnavailable.class)
                    .hasMessage("this node has no root key for chain credentials");
        }
    }

    @Test
    void a_start_with_another_root_is_refused() {
        keyring.lookupKey(Samples.TENANT);
        new TenantKeks(database.dataSource(), roots).proveRoots();
        assertThatThrownBy(() -> new TenantKeks(database.dataSource(), freshRoots()).proveRoots())
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("put the right keyring back");
    }

    @Test
    void a_database_that_is_away_is_no_broken_seal() {
        DataKeyRef ref = keyring.lookupKey(Samples.TENANT);
        TestDatabase nowhere = new TestDatabase("jdbc:postgresql://localhost:1/none", "nobody", "");
        Keyring lost = new Keyring(nowhere.dataSource(), new TenantKeks(nowhere.dataSource(), roots));
        assertThatThrownBy(() -> lost.byId(ref.id(), 1)).isInstanceOf(KeysUnavailable.class);
        assertThatThrownBy(() -> lost.lookupKey(Samples.TENANT)).isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void lookup_hashes_differ_by_tenant_purpose_and_value_and_by_nothing_else() {
        LookupHash here = new LookupHash(keyring);
        LookupHash there = new LookupHash(node());
        byte[] value = {1};
        byte[] hash = here.hash(Samples.TENANT, "user-id", value);
        assertThat(hash).hasSize(32).isEqualTo(there.hash(Samples.TENANT, "user-id", value));
        assertThat(here.hash(PLATFORM, "user-id", value)).isNotEqualTo(hash);
        assertThat(here.hash(Samples.TENANT, "token", value)).isNotEqualTo(hash);
        assertThat(here.hash(Samples.TENANT, "user-id", new byte[] {2})).isNotEqualTo(hash);
    }

    private static Map<KeyChain, KekProvider> freshRoots() {
        Map<KeyChain, KekProvider> roots = new EnumMap<>(KeyChain.class);
        for (KeyChain chain : KeyChain.values()) {
            SealingKey key = SealingKey.random(UUID.randomUUID(), 1);
            roots.put(
                    chain,
                    new LocalRoot("test", key.id(), new TreeMap<>(Map.of(1, key)), new OnlyVersion("test", key)));
        }
        return roots;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
