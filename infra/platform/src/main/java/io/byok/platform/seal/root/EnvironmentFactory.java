package io.byok.platform.seal.root;

import io.byok.platform.seal.EnvironmentRoot;
import io.byok.platform.seal.KekProvider;
import io.byok.platform.seal.KeyChain;
import io.byok.platform.seal.KeyRefused;
import java.util.Map;

/** {@code environment}: {@code byok.encryption-key}, the default where that is set. */
public final class EnvironmentFactory implements RootFactory {

    static final String WORD = "environment";
    static final String SETTING = "encryption-key";

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public Map<KeyChain, KekProvider> open(RootSettings settings, Surroundings surroundings) {
        return EnvironmentRoot.roots(settings.elder(SETTING)
                .orElseThrow(() -> new KeyRefused(
                        settings.current()
                                ? EnvironmentRoot.SETTING + " is not set; make one with: openssl rand -hex 32"
                                : "BYOK_PREVIOUS_ENCRYPTION_KEY is not set")));
    }
}
