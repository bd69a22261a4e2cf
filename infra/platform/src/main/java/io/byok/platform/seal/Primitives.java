package io.byok.platform.seal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/**
 * The primitives one thread needs at a time, made once and lent again and again: {@code getInstance} costs more than
 * sealing a kilobyte. Lent from a few striped slots rather than kept per thread, because a server has a million virtual
 * threads and two cores.
 */
final class Primitives {

    private static final int SLOTS = Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 4;
    private static final AtomicReferenceArray<Primitives> FREE = new AtomicReferenceArray<>(SLOTS);

    final Cipher aesGcm;
    final MessageDigest sha256;
    final Hkdf hkdf;
    final Mac hmacSha256;

    private Primitives() {
        try {
            // The JDK's own, by name: a provider that somebody put in front would be slower and is not what we tested.
            aesGcm = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
            sha256 = MessageDigest.getInstance("SHA-256", "SUN");
            hkdf = new Hkdf(MessageDigest.getInstance("SHA-512", "SUN"));
            hmacSha256 = Mac.getInstance("HmacSHA256", "SunJCE");
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("this Java runtime lacks a primitive of suite 1", absent);
        }
    }

    /** Runs the work with primitives that nobody else holds. Never blocks: with all slots empty it makes new ones. */
    static <R> R lend(Function<Primitives, R> work) {
        int slot = (int) Thread.currentThread().threadId() & SLOTS - 1;
        Primitives lent = FREE.getAndSet(slot, null);
        if (lent == null) {
            lent = new Primitives();
        }
        try {
            R result = work.apply(lent);
            FREE.set(slot, lent);
            return result;
        } catch (SealBroken answer) {
            FREE.set(slot, lent); // an answer like any other; a flood of forgeries must not cost more than honest ones
            throw answer;
        }
        // Whatever another exception leaves half fed is dropped.
    }
}
