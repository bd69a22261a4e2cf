package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.platform.seal.root.RootChoice;
import io.byok.platform.seal.root.Surroundings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootChoiceTest {

    private static final String KEY = "8f3c5d1e9a7b2640c8d1f2e3a4b596870f1e2d3c4b5a69788796a5b4c3d2e1f0";

    @TempDir
    Path directory;

    private final Map<String, String> settings = new HashMap<>();

    private Roots open(boolean keysExist) {
        settings.put("byok.data-dir", directory.toString());
        return new RootChoice(settings::get).open(new Surroundings(new SimpleMeterRegistry(), () -> keysExist));
    }

    private String provider() {
        return open(false).current(KeyChain.EVENTS).describe().provider();
    }

    @Test
    void without_a_word_the_environment_decides_and_the_file_is_the_default() {
        assertThat(provider()).isEqualTo("keyring-file");
        settings.put("byok.encryption-key", KEY);
        assertThat(provider()).isEqualTo("environment");
        settings.put("byok.kek", "keyring-file");
        assertThat(provider()).isEqualTo("keyring-file");
    }

    @Test
    void a_lost_keyring_is_never_made_anew_beside_a_database_that_holds_keys() {
        assertThatThrownBy(() -> open(true))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("is missing")
                .hasMessageContaining("put it back");
        assertThat(directory.resolve("keyring")).doesNotExist();
    }

    @Test
    void a_keyring_is_made_beside_a_root_to_leave() {
        settings.put("byok.previous-encryption-key", KEY);
        assertThat(open(true).current(KeyChain.EVENTS).describe().provider()).isEqualTo("keyring-file");
        assertThat(directory.resolve("keyring")).exists();
    }

    @Test
    void a_root_to_leave_is_named_in_the_same_way() {
        open(false);
        settings.put("byok.encryption-key", KEY);
        settings.put("byok.previous-kek", "keyring-file");
        settings.put("byok.previous-keyring", directory.resolve("keyring").toString());
        assertThat(open(true).current(KeyChain.EVENTS).describe().provider()).isEqualTo("environment");
        settings.put("byok.previous-keyring", directory.resolve("none").toString());
        assertThatThrownBy(() -> open(true)).isInstanceOf(KeyRefused.class).hasMessageContaining("is missing");
        assertThat(Files.exists(directory.resolve("none"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            byok.kek=keyfile                                      | byok.kek is 'keyfile', which is none of
            byok.kek=8f3c5d1e9a7b2640c8d1f2e3a4b596870f1e2d3c     | byok.kek is '...', which is none of
            byok.kek=environment                                  | BYOK_ENCRYPTION_KEY is not set
            byok.encryption-key=short                             | is neither 64 hex digits nor base64
            byok.encryption-key=change-me                         | is a published sample key
            byok.kek=transit                                      | byok.kek.transit.address (BYOK_KEK_TRANSIT_ADDRESS) is not set
            byok.kek=transit;byok.kek.transit.address=http://vault:8200 | must begin with https://
            byok.kek=transit;byok.kek.transit.address=https://vault:8200 | byok.kek.transit.token-file (BYOK_KEK_TRANSIT_TOKEN_FILE) is not set
            byok.kek=transit;byok.kek.transit.address=https://vault:8200;byok.kek.transit.token-file=/none | which cannot be read
            byok.kek=transit;byok.kek.transit.address=https://vault:8200;byok.kek.transit.token=t;byok.kek.timeout=1h | byok.kek.timeout (BYOK_KEK_TIMEOUT) must be
            byok.kek=transit;byok.kek.transit.address=https://vault:8200;byok.kek.transit.token=t;byok.kek.chains=all | must be events, credentials
            byok.kek=transit;byok.kek.transit.address=https://vault:8200;byok.kek.transit.token=t;byok.kek.transit.events=../sys/raw | names of letters
            """)
    void nonsense_is_refused_in_one_line_that_names_the_setting(String given, String said) {
        for (String setting : given.strip().split(";")) {
            settings.put(setting.split("=")[0], setting.split("=")[1]);
        }
        assertThatThrownBy(() -> open(true))
                .isExactlyInstanceOf(KeyRefused.class)
                .hasMessageContaining(said)
                .hasMessageNotContaining("\n");
    }
}
