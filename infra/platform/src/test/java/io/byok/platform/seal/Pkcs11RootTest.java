package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.byok.platform.seal.root.RootChoice;
import io.byok.platform.seal.root.Surroundings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against SoftHSM2. One token for all tests of a run, with another label for each. */
class Pkcs11RootTest {

    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib64/softhsm/libsofthsm2.so"),
            Path.of("/usr/local/lib/softhsm/libsofthsm2.so"),
            Path.of("/opt/homebrew/lib/softhsm/libsofthsm2.so"));
    private static final String PIN = "8273-pin";
    private static final Aad PLACE = Samples.wrappedKey();
    private static final Aad ELSEWHERE =
            Aad.wrappedKey(Samples.TENANT, Samples.EVENT, 2, Samples.DATA_KEY, 2, "subject", Samples.SUBJECT.value());

    private static Path library = Path.of("none");

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "byok.kek",
            "pkcs11",
            "byok.kek.timeout",
            "5s",
            "byok.kek.pkcs11.library",
            library.toString(),
            "byok.kek.pkcs11.pin",
            PIN,
            "byok.kek.pkcs11.events",
            "events-" + UUID.randomUUID(),
            "byok.kek.pkcs11.credentials",
            "credentials-" + UUID.randomUUID()));

    @BeforeAll
    static void token() throws IOException, InterruptedException {
        String configured = System.getenv("SOFTHSM2_CONF"); // of this module's pom: the library reads it when it loads
        assumeTrue(configured != null, "skipped: SOFTHSM2_CONF is not set, run it through Maven");
        library = LIBRARIES.stream().filter(Files::exists).findFirst().orElse(library);
        assumeTrue(Files.exists(library), "skipped: no SoftHSM2 here (Debian: apt-get install softhsm2)");
        Path home = Path.of(configured).toAbsolutePath().getParent();
        Path tokens = Files.createTempDirectory(Files.createDirectories(home), "tokens");
        Files.writeString(
                Path.of(configured),
                "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        Process init = new ProcessBuilder(
                        "softhsm2-util",
                        "--init-token",
                        "--free",
                        "--label",
                        "byok",
                        "--pin",
                        PIN,
                        "--so-pin",
                        "so-pin-1")
                .redirectErrorStream(true)
                .start();
        String said = new String(init.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(init.waitFor()).as(said).isZero();
    }

    private Roots roots(boolean keysExist) {
        return new RootChoice(settings::get).open(new Surroundings(new SimpleMeterRegistry(), () -> keysExist));
    }

    private BoundRoot unsealed() {
        BoundRoot root = roots(false).current(KeyChain.EVENTS);
        root.refresh();
        return root;
    }

    @Test
    void a_key_opens_in_its_place_on_every_node_and_in_no_other_place() {
        WrappedKek wrapped = unsealed().wrap(Samples.key(), PLACE);
        assertThat(wrapped.bytes()).hasSize(12 + 64 + 16);
        assertThat(unsealed().unwrap(wrapped, PLACE)).isEqualTo(Samples.counting(0x40, 32));
        assertThatThrownBy(() -> unsealed().unwrap(wrapped, ELSEWHERE)).isInstanceOf(SealBroken.class);
    }

    @Test
    void the_two_chains_are_two_keys() {
        Roots roots = roots(false);
        roots.refresh();
        WrappedKek wrapped = roots.current(KeyChain.EVENTS).wrap(Samples.key(), PLACE);
        assertThatThrownBy(() -> roots.current(KeyChain.CREDENTIALS).unwrap(wrapped, PLACE))
                .isInstanceOf(SealBroken.class);
    }

    @Test
    void versions_are_made_moved_to_and_destroyed_for_good() {
        BoundRoot root = unsealed();
        WrappedKek first = root.wrap(Samples.key(), PLACE);
        assertThat(root.addVersion()).isEqualTo(2);
        WrappedKek second = root.rewrap(first, PLACE);
        assertThat(second.rootVersion()).isEqualTo(2);
        root.destroyVersion(1);
        assertThat(root.describe().versions()).containsExactly(2);
        assertThatThrownBy(() -> root.unwrap(first, PLACE)).isInstanceOf(KeysUnavailable.class);
        assertThat(unsealed().unwrap(second, PLACE)).isEqualTo(Samples.counting(0x40, 32));
    }

    @Test
    void no_mutation_of_a_wrap_opens_or_is_taken_for_a_fault_of_the_token() {
        BoundRoot root = unsealed();
        WrappedKek wrapped = root.wrap(Samples.key(), PLACE);
        WrappedKek other = root.wrap(Samples.key(), ELSEWHERE);
        Random random = new Random(20261123);
        for (int i = 0; i < 500; i++) {
            byte[] changed = Mutation.of(wrapped.bytes(), other.bytes(), random);
            if (!Arrays.equals(changed, wrapped.bytes())) {
                assertThatThrownBy(() -> root.unwrap(new WrappedKek(1, changed), PLACE))
                        .isExactlyInstanceOf(SealBroken.class);
            }
        }
    }

    @Test
    void an_empty_token_beside_a_database_that_holds_keys_is_refused_and_stays_empty() {
        Roots roots = roots(true);
        assertThatThrownBy(roots::refresh).isInstanceOf(KeyRefused.class).hasMessageContaining("right token");
        assertThatThrownBy(() -> roots(true).refresh()).isInstanceOf(KeyRefused.class);
    }

    @Test
    void a_library_or_a_pin_that_is_not_there_is_refused_in_one_line() {
        settings.put("byok.kek.pkcs11.library", "/none.so");
        assertThatThrownBy(this::unsealed).isInstanceOf(KeyRefused.class).hasMessageContaining("cannot be read");
        settings.put("byok.kek.pkcs11.library", library.toString());
        settings.put("byok.kek.pkcs11.pin-file", "/none");
        assertThatThrownBy(this::unsealed).isInstanceOf(KeyRefused.class).hasMessageContaining("pin-file");
    }
}
