package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.platform.seal.root.RootChoice;
import io.byok.platform.seal.root.Surroundings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtectedKeyringTest {

    private static final Passphrase.Cost CHEAP = new Passphrase.Cost(8 * 1024, 1, 1);

    @TempDir
    Path directory;

    private final Passphrase passphrase = Passphrase.of("only for this test");

    private Path path() {
        return directory.resolve("keyring");
    }

    @Test
    void a_keyring_becomes_protected_when_there_is_a_passphrase_and_keeps_its_keys() throws IOException {
        WrappedKek wrapped = root(KeyringFile.openOrCreate(path())).wrap(new byte[8], Samples.event());
        assertThat(Files.readAllBytes(path())[9]).isEqualTo((byte) 1);
        KekProvider root = root(KeyringFile.open(path(), passphrase));
        assertThat(Files.readAllBytes(path())[9]).isEqualTo((byte) 2);
        assertThat(root.unwrap(wrapped, Samples.event())).isEqualTo(new byte[8]);
        assertThat(root.addVersion()).isEqualTo(2);
        assertThat(root(KeyringFile.open(path(), passphrase)).describe().versions())
                .containsExactly(1, 2);
    }

    @Test
    void a_first_start_with_a_passphrase_never_writes_a_key_in_the_clear() throws IOException {
        KekProvider root = root(KeyringFile.openOrCreate(path(), passphrase));
        byte[] file = Files.readAllBytes(path());
        assertThat(file[9]).isEqualTo((byte) 2);
        assertThat(file).hasSize(36 + 106 + 2 + 2 * 53 + 32);
        assertThat(root.describe().versions()).containsExactly(1);
    }

    @Test
    void without_the_right_passphrase_there_is_one_clear_line() throws IOException {
        KeyringFile.openOrCreate(path(), passphrase);
        assertThatThrownBy(() -> KeyringFile.open(path()))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("BYOK_KEYRING_PASSPHRASE_FILE");
        assertThatThrownBy(() -> KeyringFile.open(path(), Passphrase.of("Only for this test")))
                .isInstanceOf(KeyRefused.class)
                .hasMessage("the passphrase does not open the keyring");
        assertThatThrownBy(() -> KeyringFile.openOrCreate(directory.resolve("other"), Passphrase.of("short")))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("fewer than 12");
    }

    @Test
    void the_passphrase_comes_from_the_first_line_of_a_file() throws IOException {
        Path secret = Files.writeString(directory.resolve("passphrase"), "only for this test\nand a remark\n");
        KeyringFile.openOrCreate(path(), passphrase);
        Map<String, String> settings =
                Map.of("byok.keyring", path().toString(), "byok.keyring-passphrase-file", secret.toString());
        Roots roots = new RootChoice(settings::get).open(new Surroundings(new SimpleMeterRegistry(), () -> true));
        assertThat(roots.current(KeyChain.EVENTS).describe().versions()).containsExactly(1);
        Files.delete(secret);
        assertThatThrownBy(() ->
                        new RootChoice(settings::get).open(new Surroundings(new SimpleMeterRegistry(), () -> true)))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void a_changed_byte_is_damage_and_a_changed_byte_with_a_new_hash_does_not_open_either() {
        byte[] whole = write();
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            assertThatThrownBy(() -> KeyringFormat.read(damaged, passphrase)).isInstanceOf(KeyRefused.class);
        }
        // From the salt on: what is before it changes the cost, and the larger costs are slow to refuse.
        for (int i = 20; i < whole.length - KeyringFormat.HASH; i += 7) {
            byte[] changed = Arrays.copyOf(whole, whole.length);
            changed[i] ^= 1;
            byte[] hashed = KeyringFormat.hashed(
                    java.nio.ByteBuffer.allocate(whole.length).put(changed, 0, whole.length - KeyringFormat.HASH));
            assertThatThrownBy(() -> KeyringFormat.read(hashed, passphrase)).isInstanceOf(KeyRefused.class);
        }
    }

    @Test
    void a_file_that_asks_for_an_insane_cost_is_refused_before_it_is_paid() {
        assertThat(new Passphrase.Cost(Integer.MAX_VALUE, 1, 1).isSane()).isFalse();
        assertThat(new Passphrase.Cost(8 * 1024, 0, 1).isSane()).isFalse();
        assertThat(new Passphrase.Cost(8 * 1024, 1, -1).isSane()).isFalse();
        assertThat(Passphrase.Cost.USUAL.isSane()).isTrue();
    }

    private byte[] write() {
        return ProtectedKeyring.write(
                List.of(new KeyringFormat.Entry(KeyChain.EVENTS, SealingKey.random(UUID.randomUUID(), 1))),
                passphrase,
                Samples.counting(1, Passphrase.SALT),
                CHEAP,
                null);
    }

    private static KekProvider root(KeyringFile file) throws IOException {
        KekProvider root = file.roots().get(KeyChain.EVENTS);
        if (root == null) {
            throw new AssertionError("no events chain");
        }
        return root;
    }
}
