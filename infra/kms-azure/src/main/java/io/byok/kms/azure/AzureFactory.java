package io.byok.kms.azure;

import io.byok.platform.seal.KeyChain;
import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.root.RemoteFactory;
import io.byok.platform.seal.root.RemoteKey;
import io.byok.platform.seal.root.RootSettings;
import io.byok.platform.seal.root.Surroundings;
import java.util.EnumMap;
import java.util.Map;

/**
 * {@code azure-keyvault}. Credentials come by the vendor's chain: environment, workload identity, managed identity. They
 * are never a setting of ours, and no developer's tool on the machine is asked for one.
 */
public final class AzureFactory implements RemoteFactory {

    @Override
    public String word() {
        return "azure-keyvault";
    }

    @Override
    public Map<KeyChain, RemoteKey> keys(RootSettings settings, Surroundings surroundings) {
        boolean hardware = switch (settings.get("hardware", "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new KeyRefused("byok.kek.azure-keyvault.hardware is true or false");
        };
        AzureVault vault = new AzureVault(settings.address("vault"), settings.timeout());
        Map<KeyChain, RemoteKey> keys = new EnumMap<>(KeyChain.class);
        settings.keys(chain -> "byok-" + chain).forEach((chain, name) -> {
            if (!name.matches("[A-Za-z0-9-]{1,100}")) {
                throw new KeyRefused("byok.kek.azure-keyvault: keys have names of letters, digits and -");
            }
            keys.put(chain, new AzureKey(vault, name, hardware));
        });
        return keys;
    }
}
