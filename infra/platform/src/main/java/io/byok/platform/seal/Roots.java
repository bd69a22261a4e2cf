package io.byok.platform.seal;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * L0: the roots this node holds. Per chain there is a current one, which wraps, and at most one previous, which only
 * opens: it is there to be left, until rotation has moved everything to the current one.
 *
 * <p>A wrap that names a version made elsewhere makes its root look for it, once; a wrap that names a
 * root or version this node lacks is {@link KeysUnavailable}, never {@link SealBroken}: a node that was given its
 * keyring too late is no attack.
 */
public final class Roots {

    private final Map<KeyChain, BoundRoot> current = new EnumMap<>(KeyChain.class);
    private final Map<KeyChain, BoundRoot> previous = new EnumMap<>(KeyChain.class);

    /** The chains this node may use, with nothing to leave. */
    public Roots(Map<KeyChain, KekProvider> current) {
        this(current, Map.of());
    }

    /** @param previous roots that open what is wrapped under them and wrap nothing */
    public Roots(Map<KeyChain, KekProvider> current, Map<KeyChain, KekProvider> previous) {
        current.forEach((chain, provider) -> this.current.put(chain, new BoundRoot(provider)));
        previous.forEach((chain, provider) -> this.previous.put(chain, new BoundRoot(provider)));
    }

    Set<KeyChain> chains() {
        return current.keySet();
    }

    /** Asks every root which versions it has. @throws KeysUnavailable when one does not answer */
    public void refresh() {
        current.values().forEach(BoundRoot::refresh);
        previous.values().forEach(BoundRoot::refresh);
    }

    /** The root that wraps. @throws KeysUnavailable when this node was not given that chain */
    BoundRoot current(KeyChain chain) {
        BoundRoot root = current.get(chain);
        if (root == null) {
            throw new KeysUnavailable("this node has no root key for chain " + chain.word(), null);
        }
        return root;
    }

    /** Whether this node was given that root, to wrap or to leave. */
    boolean knows(KeyChain chain, UUID id) {
        return is(current.get(chain), id) || is(previous.get(chain), id);
    }

    private static boolean is(@Nullable BoundRoot root, UUID id) {
        return root != null && root.describe().root().equals(id);
    }

    /** The root that opens what names it. @throws KeysUnavailable when this node has no such root */
    BoundRoot named(KeyChain chain, UUID id) {
        BoundRoot root = current(chain);
        if (is(root, id)) {
            return root;
        }
        BoundRoot left = previous.get(chain);
        if (left != null && is(left, id)) {
            return left;
        }
        throw new KeysUnavailable("this node lacks the root " + id + " of chain " + chain.word(), null);
    }
}
