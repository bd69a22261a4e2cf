package io.byok.command.rotation;

import io.byok.platform.seal.Rotation;
import org.jspecify.annotations.Nullable;

/**
 * A version of a key, or of all keys of a level, and how much is under it.
 *
 * @param level {@code root}: tenants' keys are under it; {@code tenant}: data keys are; {@code data}: the data keys
 *     themselves
 * @param chain {@code events} or {@code credentials}
 * @param key the root; absent at the other levels, whose numbers are sums over tenants and owners
 * @param newest whether new wraps use it
 * @param count how much is under it
 */
public record KeyVersionView(
        String level, String chain, @Nullable String key, int version, boolean newest, long count) {

    static KeyVersionView of(Rotation.Count count) {
        return new KeyVersionView(
                count.level().word(),
                count.chain().word(),
                count.key() == null ? null : count.key().toString(),
                count.version(),
                count.newest(),
                count.count());
    }
}
