package io.byok.platform.seal;

import io.byok.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Renews the keys of one level, online. What is left to do is read from the keys themselves and kept nowhere else: a run
 * that ended anywhere, in any process, is taken up by calling {@link #run} again.
 *
 * <p>All methods throw {@link KeysUnavailable} when root or database are away.
 */
public interface Rotation {

    /**
     * What to renew.
     *
     * @param tenant one tenant's keys, or everybody's; a root is everybody's
     * @param begun by the database's clock; keys made later are new
     * @param moves whether another root is left, so that the present one needs no new version
     */
    record Scope(Set<KeyChain> chains, @Nullable TenantId tenant, Instant begun, boolean moves) {

        public Scope {
            chains = Set.copyOf(chains);
        }

        /** For a query. */
        public @Nullable UUID tenantId() {
            return tenant == null ? null : tenant.value();
        }
    }

    /**
     * How much stands under one version.
     *
     * @param key the root for {@link KeyLevel#ROOT}; otherwise absent, for it is the sum over tenants or owners
     * @param newest whether it is the version that new wraps use
     */
    record Count(KeyLevel level, KeyChain chain, @Nullable UUID key, int version, boolean newest, long count) {}

    /** How much is still under a key made before the beginning. */
    long remaining(Scope scope);

    /**
     * Runs to the end and returns what is left under an old version: 0, or the number of wraps that do not open. An old
     * version is destroyed only when it is retired, so that nothing new comes under it, and nothing is left under it.
     */
    long run(Scope scope, RotationWatch watch);

    /** How much is under which version now. */
    List<Count> counts();

    /** When the newest version was made of the key that waits longest for rotation; empty when there is no key. */
    Optional<Instant> oldest();
}
