package io.byok.command.vault;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A secret, owned by one holder and wiped when closed. It prints as its type's name, is not serialisable, and has no
 * {@code equals}: comparing secrets is a fingerprint's affair.
 *
 * <p>Read it only through a method whose name says why. Wiping shortens the life of a secret in memory; a moving
 * collector may have left copies behind, so it cannot prove its end.
 */
public final class SecretBytes implements AutoCloseable {

    private final byte[] secret;
    private boolean closed;

    private SecretBytes(byte[] secret) {
        this.secret = secret;
    }

    /** Takes the array over; the caller must neither keep nor wipe it. */
    public static SecretBytes owning(byte[] secret) {
        return new SecretBytes(secret);
    }

    /** A copy with a life of its own, or null when this one is closed: nobody ever copies half a secret. */
    synchronized @Nullable SecretBytes copyIfOpen() {
        return closed ? null : new SecretBytes(secret.clone());
    }

    /** In bytes. */
    public int length() {
        return secret.length;
    }

    /** Lends the live bytes to check, fingerprint or seal what came in. Not to be kept; must not be turned into text. */
    public <R> R exposeForIntake(Function<byte[], R> intake) {
        return expose(intake);
    }

    /** Lends the live bytes to an answer or a provider call whose use is already on record. Not to be kept. */
    public <R> R exposeForUse(Function<byte[], R> use) {
        return expose(use);
    }

    // Under the lock of close(): nobody ever sends or seals half a secret and half zeros.
    private synchronized <R> R expose(Function<byte[], R> reader) {
        if (closed) {
            throw new IllegalStateException("use of a closed secret");
        }
        return reader.apply(secret);
    }

    /** Wipes the secret. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "SecretBytes";
    }
}
