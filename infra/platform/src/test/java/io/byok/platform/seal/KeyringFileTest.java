package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyringFileTest {

    @TempDir
    Path directory;

    private Path path() {
        return directory.resolve("keyring");
    }

    @Test
    void the_first_start_makes_a_keyring_that_later_starts_open() throws IOException {
        WrappedKek wrapped = root(KeyringFile.openOrCreate(path())).wrap(new byte[8], Samples.event());
        assertThat(root(KeyringFile.openOrCreate(path())).unwrap(wrapped, Samples.event()))
                .isEqualTo(new byte[8]);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(path(), path().resolveSibling("keyring.lock"));
        }
    }

    @Test
    void what_a_writer_that_was_killed_has_left_is_deleted_by_the_next_one() throws IOException {
        KeyringFile keyring = KeyringFile.openOrCreate(path());
        Path left = path().resolveSibling(".keyring4711.new");
        Path another = path().resolveSibling(".keyring-of-mine.new");
        Files.copy(path(), left); // a version that is destroyed later lives on in it
        Files.createFile(another);
        keyring.change(entries -> entries);
        assertThat(left).doesNotExist();
        assertThat(another).exists();
        assertThat(path()).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
    void a_keyring_that_others_can_reach_is_refused(String permissions) throws IOException {
        KeyringFile.openOrCreate(path());
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString(permissions));
        assertThatThrownBy(() -> KeyringFile.openOrCreate(path()))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void a_damaged_keyring_is_refused_and_never_replaced() throws IOException {
        KeyringFile.openOrCreate(path());
        byte[] whole = Files.readAllBytes(path());
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            Files.write(path(), damaged);
            assertThatThrownBy(() -> KeyringFile.openOrCreate(path())).isInstanceOf(KeyRefused.class);
            assertThat(Files.readAllBytes(path())).isEqualTo(damaged);
        }
        Files.write(path(), new byte[0]);
        assertThatThrownBy(() -> KeyringFile.openOrCreate(path())).isInstanceOf(KeyRefused.class);
    }

    @Test
    void a_keyring_with_a_weak_key_is_refused() {
        byte[] file = KeyringFormat.write(
                List.of(new KeyringFormat.Entry(
                        KeyChain.EVENTS, SealingKey.owning(UUID.randomUUID(), 1, Samples.counting(1, 32)))),
                null);
        assertThatThrownBy(() -> KeyringFormat.read(file, null))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("is a sequence");
    }

    @Test
    void processes_that_start_at_the_same_time_share_one_keyring() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<UUID> start =
                    () -> root(KeyringFile.openOrCreate(path())).describe().root();
            Set<UUID> roots = new HashSet<>();
            for (Future<UUID> started : threads.invokeAll(List.of(start, start, start, start, start, start))) {
                roots.add(started.get());
            }
            assertThat(roots).hasSize(1);
        }
    }

    @Test
    void a_node_can_be_given_one_chain_only() throws IOException {
        KeyringFile all = KeyringFile.openOrCreate(path());
        Path partial = directory.resolve("events-only");
        all.only(KeyChain.EVENTS, partial);

        assertThat(KeyringFile.open(partial).roots()).containsOnlyKeys(KeyChain.EVENTS);
        WrappedKek wrapped = root(all).wrap(new byte[8], Samples.event());
        assertThat(root(KeyringFile.open(partial)).unwrap(wrapped, Samples.event()))
                .isEqualTo(new byte[8]);
        assertThatThrownBy(() -> all.only(KeyChain.EVENTS, path())).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void a_destroyed_version_is_gone_from_memory_and_file() throws IOException {
        UUID id = UUID.randomUUID();
        AtomicFile.create(
                path(),
                KeyringFormat.write(
                        List.of(
                                new KeyringFormat.Entry(KeyChain.EVENTS, SealingKey.random(id, 1)),
                                new KeyringFormat.Entry(KeyChain.EVENTS, SealingKey.random(id, 2))),
                        null));
        KekProvider root = root(KeyringFile.open(path()));
        WrappedKek old = new WrappedKek(1, wrapUnderVersion1());

        assertThatThrownBy(() -> root.destroyVersion(2)).isInstanceOf(KeyRefused.class);
        assertThat(root.unwrap(old, Samples.event())).isEqualTo(new byte[8]);
        WrappedKek moved = root.rewrap(old, Samples.event());
        root.destroyVersion(1);

        assertThat(moved.rootVersion()).isEqualTo(2);
        assertThat(root.unwrap(moved, Samples.event())).isEqualTo(new byte[8]);
        assertThatThrownBy(() -> root.unwrap(old, Samples.event())).isInstanceOf(SealBroken.class);
        assertThat(root(KeyringFile.open(path())).describe().versions()).containsExactly(2);
    }

    @Test
    void a_new_version_wraps_from_then_on_and_older_ones_still_open() throws IOException {
        KekProvider root = root(KeyringFile.openOrCreate(path()));
        WrappedKek before = root.wrap(new byte[8], Samples.event());

        assertThat(root.addVersion()).isEqualTo(2);

        assertThat(root.describe().versions()).containsExactly(1, 2);
        assertThat(root.wrap(new byte[8], Samples.event()).rootVersion()).isEqualTo(2);
        assertThat(root.unwrap(before, Samples.event())).isEqualTo(new byte[8]);
        assertThat(root(KeyringFile.open(path())).describe().versions()).containsExactly(1, 2);
    }

    @Test
    void another_process_with_the_same_file_learns_versions_and_their_ends_by_refreshing() throws IOException {
        KekProvider here = root(KeyringFile.openOrCreate(path()));
        KekProvider there = root(KeyringFile.open(path()));
        here.addVersion();
        WrappedKek wrapped = here.wrap(new byte[8], Samples.event());

        assertThat(there.describe().versions()).containsExactly(1);
        there.refresh();
        assertThat(there.unwrap(wrapped, Samples.event())).isEqualTo(new byte[8]);

        here.destroyVersion(1);
        here.destroyVersion(1); // as after a crash: it is gone, and that is what was wanted
        there.refresh();
        assertThat(there.describe().versions()).containsExactly(2);
    }

    @Test
    void a_file_with_another_root_is_no_new_version_and_changes_nothing() throws IOException {
        KekProvider root = root(KeyringFile.openOrCreate(path()));
        WrappedKek wrapped = root.wrap(new byte[8], Samples.event());
        Files.delete(path());
        KeyringFile.openOrCreate(path());
        assertThatThrownBy(root::refresh).isInstanceOf(KeysUnavailable.class);
        assertThatThrownBy(root::addVersion).isInstanceOf(KeysUnavailable.class);
        assertThat(root.unwrap(wrapped, Samples.event())).isEqualTo(new byte[8]);
    }

    @Test
    void processes_that_add_versions_at_once_never_make_two_of_one_number() throws Exception {
        KeyringFile.openOrCreate(path());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> add = () -> root(KeyringFile.open(path())).addVersion();
            Set<Integer> added = new HashSet<>();
            for (Future<Integer> one : threads.invokeAll(List.of(add, add, add, add, add, add))) {
                assertThat(added.add(one.get())).isTrue();
            }
            assertThat(added).containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7);
        }
        assertThat(root(KeyringFile.open(path())).describe().versions()).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void a_root_from_the_environment_says_what_to_do_instead_of_rotating() {
        KekProvider root = EnvironmentRoot.roots("8f3c5d1e9a7b2640c8d1f2e3a4b596870f1e2d3c4b5a69788796a5b4c3d2e1f0")
                .get(KeyChain.EVENTS);
        assertThatThrownBy(root::addVersion)
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("BYOK_PREVIOUS_ENCRYPTION_KEY")
                .hasMessageNotContaining("\n");
        root.refresh();
        assertThat(root.describe().versions()).containsExactly(1);
    }

    private byte[] wrapUnderVersion1() throws IOException {
        SealingKey first =
                KeyringFormat.read(Files.readAllBytes(path()), null).getFirst().key();
        return Suite1.seal(first, Samples.event(), new byte[8]);
    }

    private static KekProvider root(KeyringFile file) throws IOException {
        KekProvider root = file.roots().get(KeyChain.EVENTS);
        if (root == null) {
            throw new AssertionError("no events chain");
        }
        return root;
    }
}
