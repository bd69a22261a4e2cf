package io.byok.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Key material and its settings, refused in one line before any engine is started. */
class KeyRefusalsTest {

    @TempDir
    Path directory;

    private final Map<String, String> set = new HashMap<>();

    @AfterEach
    void unset() {
        set.keySet().forEach(System::clearProperty);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            byok.encryption-key=abc                                                              | holds 2 bytes, not 32
            byok.encryption-key=AAECAwQFBgcICQoLDA0ODw==                                         | holds 16 bytes, not 32
            byok.encryption-key=0000000000000000000000000000000000000000000000000000000000000000 | repeats itself
            byok.encryption-key=8f3c5d1e9a7b26408f3c5d1e9a7b26408f3c5d1e9a7b26408f3c5d1e9a7b2640 | repeats itself
            byok.encryption-key=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef | is a published sample key
            byok.encryption-key=your-encryption-key                                              | is a published sample key
            byok.kek=vault                                                                       | byok.kek is 'vault', which is none of
            byok.kek=environment                                                                 | BYOK_ENCRYPTION_KEY is not set
            byok.kek=transit                                                                     | byok.kek.transit.address (BYOK_KEK_TRANSIT_ADDRESS) is not set
            byok.kek=pkcs11                                                                      | byok.kek.pkcs11.library (BYOK_KEK_PKCS11_LIBRARY) is not set
            byok.previous-kek=keyring-file                                                       | byok.previous-keyring (BYOK_PREVIOUS_KEYRING) is not set
            """)
    void unsound_keys_and_incomplete_settings(String setting, String said) {
        set(setting.strip().split("=", 2)[0], setting.strip().split("=", 2)[1]);
        assertRefused(said);
    }

    @Test
    void a_keyring_that_others_can_read() throws IOException {
        Path keyring = Files.write(directory.resolve("keyring"), new byte[100]);
        Files.setPosixFilePermissions(keyring, PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused("is open to others than its owner; run: chmod 600");
    }

    @Test
    void a_keyring_that_is_none() throws IOException {
        Path keyring = Files.write(directory.resolve("keyring"), new byte[100]);
        Files.setPosixFilePermissions(keyring, PosixFilePermissions.fromString("rw-------"));
        assertRefused("is damaged or is no keyring");
    }

    private void set(String property, String value) {
        set.put(property, value);
        System.setProperty(property, value);
    }

    private void assertRefused(String said) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = ByokMain.run(
                new String[] {
                    "serve",
                    "--data",
                    directory.toString(),
                    "--port",
                    "58180",
                    "--data-port",
                    "58181",
                    "--management-port",
                    "58182"
                },
                new PrintWriter(out, true),
                new PrintWriter(err, true));
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("byok: cannot start: ")
                .contains(said);
        assertThat(out.toString()).isEmpty();
        assertThat(directory.resolve("postgres")).doesNotExist();
    }
}
