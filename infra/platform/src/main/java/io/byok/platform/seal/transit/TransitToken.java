package io.byok.platform.seal.transit;

import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.root.RemoteTrouble;
import io.byok.platform.seal.root.RootSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The token shown to Transit: of a file, read for every call, for an agent beside us may renew it at any time; or of a
 * setting, for trying. Printed by nobody.
 */
final class TransitToken {

    private final @Nullable Path file;
    private final String fixed;

    private TransitToken(@Nullable Path file, String fixed) {
        this.file = file;
        this.fixed = fixed;
    }

    static TransitToken of(RootSettings settings) {
        Optional<Path> file = settings.path("token-file");
        if (file.isPresent()) {
            if (!Files.isReadable(file.get())) {
                throw new KeyRefused("byok.kek.transit.token-file names " + file.get() + ", which cannot be read");
            }
            return new TransitToken(file.get(), "");
        }
        return new TransitToken(
                null,
                settings.find("token")
                        .orElseThrow(() -> new KeyRefused(
                                "byok.kek.transit.token-file" + " (BYOK_KEK_TRANSIT_TOKEN_FILE) is not set")));
    }

    String exposeForHeader() {
        if (file == null) {
            return fixed;
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException gone) {
            throw RemoteTrouble.passing("the token file cannot be read", gone);
        }
    }
}
