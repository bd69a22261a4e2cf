package io.byok.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where unpacked programs are kept between starts: {@code BYOK_CACHE_DIR}, else the user's cache directory. */
final class UserCache {

    private UserCache() {}

    /** Exists, and belongs to the user who runs this process. */
    static Path directory() throws IOException {
        Path directory = Files.createDirectories(chosen()).toRealPath();
        Path probe = Files.createTempFile(directory, "owner", "");
        try {
            // Programs are run from here: whoever owns the directory decides what runs.
            if (!Files.getOwner(directory).equals(Files.getOwner(probe))) {
                throw new IOException(
                        directory + " belongs to " + Files.getOwner(directory).getName());
            }
        } finally {
            Files.delete(probe);
        }
        return directory;
    }

    private static Path chosen() {
        String own = present(System.getenv("BYOK_CACHE_DIR"));
        if (own != null) {
            return Path.of(own);
        }
        String shared = present(System.getenv("XDG_CACHE_HOME"));
        return (shared == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(shared)).resolve("byok");
    }

    private static @Nullable String present(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
