package io.byok.platform.seal;

import java.util.UUID;

/** Seals for storage, in the suite of the day. Safe for any number of threads. */
public final class Sealer {

    private final Keyring keyring;

    public Sealer(Keyring keyring) {
        this.keyring = keyring;
    }

    /**
     * Seals under a key of the keyring.
     *
     * @param plaintext lent; wiping it is the caller's affair
     * @throws KeyDestroyed when the key was destroyed meanwhile: nothing may be written about its owner any more
     * @throws IllegalArgumentException when the key is another tenant's or for another purpose: a bug of ours
     */
    public byte[] seal(DataKeyRef ref, Aad place, byte[] plaintext) {
        try (SealingKey key = keyring.take(ref).orElseThrow(() -> new KeyDestroyed(ref.id()))) {
            return seal(ref, key, place, plaintext);
        }
    }

    /** Seals under a key that the caller holds; otherwise as {@link #seal(DataKeyRef, Aad, byte[])}. */
    public static byte[] seal(DataKeyRef ref, SealingKey key, Aad place, byte[] plaintext) {
        if (!ref.mayOpen(place)) {
            throw new IllegalArgumentException("a " + ref.kind() + " key must not seal for that place");
        }
        return Suite1.seal(key, place, plaintext);
    }

    /** Thrown for a key that exists no more. */
    public static final class KeyDestroyed extends RuntimeException {

        @java.io.Serial
        private static final long serialVersionUID = 1L;

        KeyDestroyed(UUID keyOrOwner) {
            super("the data key of " + keyOrOwner + " was destroyed", null, false, false);
        }
    }
}
