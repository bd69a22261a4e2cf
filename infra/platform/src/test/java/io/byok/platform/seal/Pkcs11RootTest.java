package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.byok.platform.seal.root.RootChoice;
import io.byok.platform.seal.root.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against SoftHSM2. One token for all tests of a run, with another label for each. */
class Pkcs11RootTest extends RootContract {

    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib64/softhsm/libsofthsm2.so"),
            Path.of("/usr/local/lib/softhsm/libsofthsm2.so"),
            Path.of("/opt/homebrew/lib/softhsm/libsofthsm2.so"));
    private static final String PIN = "8273-pin";
    private static Path library = Path.of("none");

    @BeforeEach
    void in_the_token() {
        settings.put("byok.kek", "pkcs11");
        settings.put("byok.kek.timeout", "5s");
        settings.put("byok.kek.pkcs11.library", library.toString());
        settings.put("byok.kek.pkcs11.pin", PIN);
        settings.put("byok.kek.pkcs11.events", "events-" + UUID.randomUUID());
        settings.put("byok.kek.pkcs11.credentials", "credentials-" + UUID.randomUUID());
    }

    @Override
    protected int mutations() {
        return 500;
    }

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
        return new RootChoice(settings::get).open(new Surroundings(meters, () -> keysExist));
    }

    @Test
    void a_wrap_is_a_nonce_the_key_with_its_place_and_a_tag() {
        assertThat(unsealed().wrap(Samples.key(), PLACE).bytes()).hasSize(12 + 64 + 16);
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
        assertThatThrownBy(this::unseal).isInstanceOf(KeyRefused.class).hasMessageContaining("cannot be read");
        settings.put("byok.kek.pkcs11.library", library.toString());
        settings.put("byok.kek.pkcs11.pin-file", "/none");
        assertThatThrownBy(this::unseal).isInstanceOf(KeyRefused.class).hasMessageContaining("pin-file");
    }
}
