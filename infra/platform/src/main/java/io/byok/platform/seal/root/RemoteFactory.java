package io.byok.platform.seal.root;

import io.byok.platform.seal.KekProvider;
import io.byok.platform.seal.KeyChain;
import java.util.EnumMap;
import java.util.Map;

/** A kind of root beyond the network: it brings the service's language, and {@link RemoteRoot} goes around it. */
public interface RemoteFactory extends RootFactory {

    /** The key of each chain, of which none is asked anything yet; otherwise as {@link #open}. */
    Map<KeyChain, RemoteKey> keys(RootSettings settings, Surroundings surroundings);

    @Override
    default Map<KeyChain, KekProvider> open(RootSettings settings, Surroundings surroundings) {
        Map<KeyChain, KekProvider> roots = new EnumMap<>(KeyChain.class);
        keys(settings, surroundings)
                .forEach((chain, key) ->
                        roots.put(chain, new RemoteRoot(word(), key, settings.timeout(), surroundings.meters())));
        return roots;
    }
}
