package io.byok.platform.seal;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A provider whose wraps open in their own place only, whatever the provider itself checks: the plaintext it is given is
 * {@code key 32 | SHA-256(place) 32}, and the hash is compared in constant time when it comes back.
 */
final class BoundRoot {

    /** A node without the newest version must not ask a provider once per request. */
    private static final long BETWEEN_REFRESHES = Duration.ofSeconds(1).toNanos();

    private final KekProvider provider;
    private final LongSupplier nanos;
    private final Object oneRefresh = new Object();
    private @Nullable Long refreshed;

    BoundRoot(KekProvider provider) {
        this(provider, System::nanoTime);
    }

    BoundRoot(KekProvider provider, LongSupplier nanos) {
        this.provider = provider;
        this.nanos = nanos;
    }

    KekProvider.Description describe() {
        return provider.describe();
    }

    /** Makes a new version. @throws KeyRefused when the root can have one only */
    int addVersion() {
        return provider.addVersion();
    }

    /** Destroys a version, also one that is destroyed already. */
    void destroyVersion(int version) {
        provider.destroyVersion(version);
    }

    /** Whether this root has the version now; one that is not known is looked for once, at most once a second. */
    boolean has(int version) {
        if (provider.describe().versions().contains(version)) {
            return true;
        }
        refresh();
        return provider.describe().versions().contains(version);
    }

    /** Looks for versions that were made elsewhere, unless it was done within the last second. */
    void refresh() {
        synchronized (oneRefresh) { // whoever waited here finds what the first one brought
            long now = nanos.getAsLong();
            if (refreshed == null || now - refreshed >= BETWEEN_REFRESHES) {
                provider.refresh();
                refreshed = nanos.getAsLong();
            }
        }
    }

    WrappedKek wrap(SealingKey key, Aad place) {
        byte[] plaintext = key.exposeForUse(secret -> Arrays.copyOf(secret, 2 * SealingKey.BYTES));
        try {
            System.arraycopy(hash(place), 0, plaintext, SealingKey.BYTES, SealingKey.BYTES);
            return provider.wrap(plaintext, place);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /**
     * The 32 bytes of the key, owned by the caller.
     *
     * @throws KeysUnavailable for a version that this node lacks: it came too late or too early, nobody tampered
     */
    byte[] unwrap(WrappedKek wrapped, Aad place) {
        if (!has(wrapped.rootVersion())) {
            throw new KeysUnavailable("this node's root has no version " + wrapped.rootVersion(), null);
        }
        byte[] plaintext = provider.unwrap(wrapped, place);
        try {
            if (plaintext.length != 2 * SealingKey.BYTES) {
                throw new SealBroken();
            }
            byte[] bound = Arrays.copyOfRange(plaintext, SealingKey.BYTES, plaintext.length);
            if (!MessageDigest.isEqual(bound, hash(place))) {
                throw new SealBroken();
            }
            return Arrays.copyOf(plaintext, SealingKey.BYTES);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** As {@link KekProvider#rewrap}; that it opened in its place, and still does, is proved by the caller. */
    WrappedKek rewrap(WrappedKek wrapped, Aad place) {
        return provider.rewrap(wrapped, place);
    }

    private static byte[] hash(Aad place) {
        return Primitives.lend(primitives -> primitives.sha256.digest(place.bytes()));
    }
}
