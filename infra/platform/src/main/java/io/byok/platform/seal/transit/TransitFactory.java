package io.byok.platform.seal.transit;

import io.byok.platform.seal.KeyChain;
import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.root.RemoteFactory;
import io.byok.platform.seal.root.RemoteKey;
import io.byok.platform.seal.root.RootSettings;
import io.byok.platform.seal.root.Surroundings;
import java.util.EnumMap;
import java.util.Map;

/** {@code transit}: HashiCorp Vault or OpenBao. */
public final class TransitFactory implements RemoteFactory {

    private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_./-]*";

    @Override
    public String word() {
        return "transit";
    }

    @Override
    public Map<KeyChain, RemoteKey> keys(RootSettings settings, Surroundings surroundings) {
        String mount = checked(settings.get("mount", "transit"));
        TransitHttp http = new TransitHttp(
                settings.address("address"), TransitToken.of(settings), settings.find("namespace"), settings.timeout());
        Map<KeyChain, RemoteKey> keys = new EnumMap<>(KeyChain.class);
        settings.keys(chain -> "byok-" + chain)
                .forEach((chain, name) -> keys.put(chain, new TransitKey(http, mount, checked(name))));
        return keys;
    }

    /** They become part of a path. */
    private static String checked(String name) {
        if (!name.matches(NAME) || name.contains("..") || name.endsWith("/")) {
            throw new KeyRefused("byok.kek.transit: mount and keys have names of letters, digits, - _ . and /");
        }
        return name;
    }
}
