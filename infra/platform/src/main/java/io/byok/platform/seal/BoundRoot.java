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
    private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();

    private final KekProvider provider;
    private final LongSupplier nanos;
    private final Object oneLook = new Object();
    private @Nullable Long inVain;

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

    /**
     * Whether this root has the version. One that is not known here is looked for, unless a look within the last second
     * was in vain: a version that exists is found at once, and one that does not costs one look per second.
     */
    boolean has(int version) {
        if (knows(version)) {
            return true;
        }
        synchronized (oneLook) { // whoever waited here finds what the first one brought
            if (knows(version)) {
                return true;
            }
            if (inVain != null && nanos.getAsLong() - inVain < BETWEEN_LOOKS) {
                return false;
            }
            provider.refresh();
            boolean found = knows(version);
            inVain = found ? null : (Long) nanos.getAsLong();
            return found;
        }
    }

    private boolean knows(int version) {
        return provider.describe().versions().contains(version);
    }

    /** Looks for versions that were made elsewhere, now: for rotation, and after its fence refused an old one. */
    void refresh() {
        synchronized (oneLook) {
            provider.refresh();
        }
    }

    WrappedKek wrap(SealingKey key, Aad place) {
        byte[] plaintext = key.exposeForUse(secret -> Arrays.copyOf(secret, 2 * SealingKey.BYTES));
        try {
            System.arraycopy(place.hash(), 0, plaintext, SealingKey.BYTES, SealingKey.BYTES);
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
        byte[] plaintext = unwrapKnown(wrapped, place);
        try {
            if (plaintext.length != 2 * SealingKey.BYTES) {
                throw new SealBroken();
            }
            byte[] bound = Arrays.copyOfRange(plaintext, SealingKey.BYTES, plaintext.length);
            if (!MessageDigest.isEqual(bound, place.hash())) {
                throw new SealBroken();
            }
            return Arrays.copyOf(plaintext, SealingKey.BYTES);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    // A rotation on this node may destroy the version between the look and the call; that, too, is no tampering.
    private byte[] unwrapKnown(WrappedKek wrapped, Aad place) {
        try {
            return provider.unwrap(wrapped, place);
        } catch (SealBroken broken) {
            if (knows(wrapped.rootVersion())) {
                throw broken;
            }
            throw new KeysUnavailable("this node's root has no version " + wrapped.rootVersion() + " any more", broken);
        }
    }

    /** As {@link KekProvider#rewrap}; that it opened in its place, and still does, is proved by the caller. */
    WrappedKek rewrap(WrappedKek wrapped, Aad place) {
        return provider.rewrap(wrapped, place);
    }
}
