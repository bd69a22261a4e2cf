package io.byok.platform.seal.root;

import io.byok.platform.seal.KekProvider;
import io.byok.platform.seal.KeyChain;
import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.KeyringFile;
import io.byok.platform.seal.Passphrase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code keyring-file}, the default: {@code byok.keyring}, or {@code keyring} in the data directory; protected by the
 * passphrase in the file {@code byok.keyring-passphrase-file} or in {@code byok.keyring-passphrase}, if there is one.
 */
public final class KeyringFileFactory implements RootFactory {

    static final String WORD = "keyring-file";

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public Map<KeyChain, KekProvider> open(RootSettings settings, Surroundings surroundings) {
        Path path = path(settings);
        Passphrase passphrase = passphrase(settings);
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return KeyringFile.open(path, passphrase).roots();
            }
            if (!settings.current() || surroundings.keysExist().getAsBoolean()) {
                throw lost(path);
            }
            return KeyringFile.openOrCreate(path, passphrase).roots();
        } catch (IOException failed) {
            throw new KeyRefused("the keyring " + path + " cannot be read or made ("
                    + failed.getClass().getSimpleName() + ")");
        }
    }

    private static @Nullable Passphrase passphrase(RootSettings settings) {
        return settings.elder("keyring-passphrase-file")
                .map(file -> Passphrase.inFile(Path.of(file)))
                .or(() -> settings.elder("keyring-passphrase").map(Passphrase::of))
                .orElse(null);
    }

    private static Path path(RootSettings settings) {
        return settings.elder("keyring").map(Path::of).orElseGet(() -> {
            if (!settings.current()) {
                throw new KeyRefused("byok.previous-keyring (BYOK_PREVIOUS_KEYRING) is not set");
            }
            return Path.of(settings.ofServer("data-dir").orElse(".byok")).resolve("keyring");
        });
    }

    private static KeyRefused lost(Path path) {
        return new KeyRefused("the keyring " + path + " is missing, and the database holds keys that only it opens;"
                + " put it back, or name the provider that is used in byok.kek (BYOK_KEK)");
    }
}
