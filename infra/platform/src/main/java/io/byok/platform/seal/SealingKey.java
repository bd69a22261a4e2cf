package io.byok.platform.seal;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * 32 secret bytes at any level of the chain, with the name that goes into the header of what they seal. Owned by whoever
 * made or took it, and wiped when closed; a closed key seals and opens nothing. Never printed, serialised or compared.
 *
 * <p>A moving collector may have left copies of the array behind: wiping shortens the life of a secret in memory, it
 * cannot prove its end.
 */
public final class SealingKey implements AutoCloseable {

    static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final UUID id;
    private final int version;
    private final byte[] secret;
    private boolean closed;

    private SealingKey(UUID id, int version, byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("a key has 32 bytes");
        }
        if (version < 1) {
            throw new IllegalArgumentException("key versions start at 1");
        }
        this.id = id;
        this.version = version;
        this.secret = secret;
    }

    /** A new random key. */
    public static SealingKey random(UUID id, int version) {
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        return new SealingKey(id, version, secret);
    }

    /** Takes the array over; the caller must neither keep nor wipe it. */
    static SealingKey owning(UUID id, int version, byte[] secret) {
        return new SealingKey(id, version, secret);
    }

    public UUID id() {
        return id;
    }

    /** From 1. */
    public int version() {
        return version;
    }

    /**
     * A copy with a life of its own, or null when this key is closed. Decided under the lock of {@link #close()}, so
     * that nobody ever copies a key that is half wiped.
     */
    synchronized @Nullable SealingKey copyIfOpen() {
        return closed ? null : new SealingKey(id, version, secret.clone());
    }

    /**
     * Lends the live bytes, not to be kept, under the lock of {@link #close()}: nothing is ever derived from a key that
     * another thread is wiping, which would seal under zeros.
     */
    synchronized <R> R exposeForUse(Function<byte[], R> use) {
        if (closed) {
            throw new IllegalStateException("use of a closed key");
        }
        return use.apply(secret);
    }

    /**
     * Compares the secrets in constant time, whatever their names.
     *
     * @throws SealBroken when they differ
     */
    public void requireSameAs(SealingKey other) {
        if (!exposeForUse(ours -> other.exposeForUse(theirs -> MessageDigest.isEqual(ours, theirs)))) {
            throw new SealBroken();
        }
    }

    /** Wipes the key. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "SealingKey[" + id + " v" + version + "]";
    }
}
