package io.byok.platform.seal;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A provider whose wraps open in their own place only, whatever the provider itself checks: the plaintext it is given is
 * {@code key 32 | SHA-256(place) 32}, and the hash is compared in constant time when it comes back.
 */
final class BoundRoot {

    private final KekProvider provider;

    BoundRoot(KekProvider provider) {
        this.provider = provider;
    }

    KekProvider.Description describe() {
        return provider.describe();
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

    /** The 32 bytes of the key, owned by the caller. */
    byte[] unwrap(WrappedKek wrapped, Aad place) {
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

    private static byte[] hash(Aad place) {
        return Primitives.lend(primitives -> primitives.sha256.digest(place.bytes()));
    }
}
