package io.byok.platform.seal;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The keyring file keeps to the same as every other root. */
class LocalRootTest extends RootContract {

    @TempDir
    private Path directory;

    @BeforeEach
    void in_a_file() {
        settings.put("byok.kek", "keyring-file");
        settings.put("byok.keyring", directory.resolve("keyring").toString());
    }
}
