package io.byok.platform.seal.pkcs11;

import io.byok.platform.seal.KeyChain;
import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.root.RemoteFactory;
import io.byok.platform.seal.root.RemoteKey;
import io.byok.platform.seal.root.RootSettings;
import io.byok.platform.seal.root.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** {@code pkcs11}: a token behind the vendor's library. */
public final class Pkcs11Factory implements RemoteFactory {

    @Override
    public String word() {
        return "pkcs11";
    }

    @Override
    public Map<KeyChain, RemoteKey> keys(RootSettings settings, Surroundings surroundings) {
        Path library = Path.of(settings.need("library"));
        if (!Files.isReadable(library)) {
            throw new KeyRefused("byok.kek.pkcs11.library names " + library + ", which cannot be read");
        }
        Pkcs11Token token = new Pkcs11Token(library, slot(settings), TokenPin.of(settings));
        Map<KeyChain, RemoteKey> keys = new EnumMap<>(KeyChain.class);
        settings.keys(chain -> "byok-" + chain)
                .forEach((chain, label) -> keys.put(chain, new Pkcs11Key(token, label, surroundings.keysExist())));
        return keys;
    }

    /** In the words of the provider's configuration. */
    private static String slot(RootSettings settings) {
        String index = settings.get("slot-index", "0");
        String slot = settings.find("slot").map(id -> "slot=" + id).orElse("slotListIndex=" + index);
        if (!slot.matches("slot(ListIndex)?=[0-9]{1,18}")) {
            throw new KeyRefused("byok.kek.pkcs11.slot and byok.kek.pkcs11.slot-index are numbers");
        }
        return slot;
    }
}
