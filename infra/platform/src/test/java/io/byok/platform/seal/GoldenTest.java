package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What was once written must open for ever: these bytes are committed and never regenerated. */
class GoldenTest {

    private static final byte[] PLAINTEXT = Samples.counting(0x20, 40);

    @Test
    void golden_blobs_open() {
        SealingKey key = Samples.key();
        assertThat(Suite1.open(key, Samples.event(), golden("suite1.event"))).isEqualTo(PLAINTEXT);
        assertThat(Suite1.open(key, Samples.secret(), golden("suite1.secret"))).isEqualTo(PLAINTEXT);
        assertThat(Suite1.open(key, Samples.wrappedKey(), golden("suite1.wrapped-key")))
                .isEqualTo(PLAINTEXT);
        assertThat(Suite1.open(key, Samples.event(), golden("suite1.empty"))).isEmpty();
    }

    @Test
    void sealing_still_gives_the_golden_bytes() {
        SealingKey key = Samples.key();
        byte[] salt = Samples.counting(0x80, 32);
        assertThat(Suite1.seal(key, Samples.event(), PLAINTEXT, salt)).isEqualTo(golden("suite1.event"));
        assertThat(Suite1.seal(key, Samples.secret(), PLAINTEXT, salt)).isEqualTo(golden("suite1.secret"));
        assertThat(Suite1.seal(key, Samples.wrappedKey(), PLAINTEXT, salt)).isEqualTo(golden("suite1.wrapped-key"));
        assertThat(Suite1.seal(key, Samples.event(), new byte[0], salt)).isEqualTo(golden("suite1.empty"));
    }

    @Test
    void places_are_still_encoded_the_golden_way() {
        assertThat(Samples.event().bytes()).isEqualTo(golden("aad.event"));
        assertThat(Samples.secret().bytes()).isEqualTo(golden("aad.secret"));
        assertThat(Samples.wrappedKey().bytes()).isEqualTo(golden("aad.wrapped-key"));
    }

    @Test
    void a_root_wrap_still_opens() {
        TreeMap<Integer, SealingKey> versions = new TreeMap<>();
        versions.put(2, Samples.key());
        BoundRoot root = new BoundRoot(
                new LocalRoot("golden", Samples.DATA_KEY, versions, new OnlyVersion("golden", Samples.key())));
        assertThat(root.unwrap(new WrappedKek(2, golden("root.wrap")), Samples.wrappedKey()))
                .isEqualTo(Samples.counting(0x10, 32));
    }

    @Test
    void the_environment_still_gives_the_golden_root() {
        KekProvider root =
                Objects.requireNonNull(EnvironmentRoot.roots(HexFormat.of().formatHex(golden("environment.key")))
                        .get(KeyChain.CREDENTIALS));
        assertThat(HexFormat.of().formatHex(Fields.id(root.describe().root())))
                .isEqualTo(HexFormat.of().formatHex(golden("environment.root-id")));
        assertThat(root.unwrap(new WrappedKek(1, golden("environment.wrap")), Samples.wrappedKey()))
                .isEqualTo(PLAINTEXT);
    }

    @Test
    void a_keyring_file_still_reads() {
        assertThat(KeyringFormat.read(golden("keyring.file"), null))
                .extracting(entry -> entry.chain() + " " + entry.key())
                .containsExactly(
                        "EVENTS SealingKey[" + Samples.DATA_KEY + " v1]",
                        "EVENTS SealingKey[" + Samples.DATA_KEY + " v2]",
                        "CREDENTIALS SealingKey[" + Samples.EVENT + " v1]");
    }

    @Test
    void a_protected_keyring_file_still_reads_and_is_written_the_same() {
        Passphrase passphrase = Passphrase.of("correct horse battery staple");
        List<KeyringFormat.Entry> entries = KeyringFormat.read(golden("keyring.protected"), passphrase);
        assertThat(entries)
                .extracting(entry -> entry.chain() + " " + entry.key())
                .containsExactly(
                        "EVENTS SealingKey[" + Samples.DATA_KEY + " v1]",
                        "EVENTS SealingKey[" + Samples.DATA_KEY + " v2]",
                        "CREDENTIALS SealingKey[" + Samples.EVENT + " v1]");
        byte[] again = ProtectedKeyring.write(
                KeyringFormat.read(golden("keyring.file"), null),
                passphrase,
                Samples.counting(0x60, 16),
                new Passphrase.Cost(8 * 1024, 2, 1),
                Samples.counting(0x80, 32));
        assertThat(again).isEqualTo(golden("keyring.protected"));
    }

    @Test
    void a_lookup_hash_is_still_the_same() {
        assertThat(LookupHash.hash(Samples.key(), "user-id", Fields.text("user-1")))
                .isEqualTo(golden("lookup.hash"));
    }

    static byte[] golden(String name) {
        Properties golden = new Properties();
        try (var in = GoldenTest.class.getResourceAsStream("golden.properties")) {
            golden.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        String hex = golden.getProperty(name);
        assertThat(hex).as("golden %s", name).isNotNull();
        return HexFormat.of().parseHex(hex);
    }
}
