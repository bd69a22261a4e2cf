package io.byok.platform.seal;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A root that is one setting and nothing else: it has one version and keeps none. It is left by moving to another root,
 * with this one as the previous root until nothing is wrapped under it any more.
 */
final class OnlyVersion implements LocalRoot.Keep {

    private final String setting;
    private final SealingKey key;

    OnlyVersion(String setting, SealingKey key) {
        this.setting = setting;
        this.key = key;
    }

    @Override
    public NavigableMap<Integer, SealingKey> read() {
        SealingKey copy = key.copyIfOpen();
        return copy == null ? new TreeMap<>() : new TreeMap<>(Map.of(copy.version(), copy));
    }

    @Override
    public int add() {
        throw new KeyRefused("a root from " + setting + " has one version; to change the key, start with the new root"
                + " (a keyring file, or another " + setting + ") and the present key as BYOK_PREVIOUS_ENCRYPTION_KEY,"
                + " and rotate then");
    }

    @Override
    public void drop(int version) {
        throw new KeyRefused("a root from " + setting + " ends when the setting is taken away");
    }
}
