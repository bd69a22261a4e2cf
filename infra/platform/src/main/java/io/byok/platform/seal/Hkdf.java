package io.byok.platform.seal;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HKDF (RFC 5869) with HMAC-SHA-512 over one reused {@link MessageDigest}. One thread at a time.
 *
 * <p>Why not {@code javax.crypto.KDF}: it makes a new HMAC per call and takes twice as long, and its intermediate keys
 * cannot be wiped. Tests hold this class against the Wycheproof vectors and against {@code KDF}.
 */
final class Hkdf {

    private static final int BLOCK = 128;
    private static final int HASH = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final MessageDigest sha512;
    private final byte[] pad = new byte[BLOCK];
    private final byte[] pseudoRandomKey = new byte[HASH];
    private final byte[] block = new byte[HASH];

    Hkdf(MessageDigest sha512) {
        this.sha512 = sha512;
    }

    /** Extract, then expand until {@code out} is full; at most 255 blocks of 64 bytes. Leaves no intermediate behind. */
    void derive(byte[] inputKey, byte[] salt, byte[] info, byte[] out) {
        if (out.length > 255 * HASH) {
            throw new IllegalArgumentException("HKDF gives at most 255 blocks");
        }
        try {
            startHmac(salt);
            sha512.update(inputKey);
            endHmac(pseudoRandomKey);
            for (int done = 0, counter = 1; done < out.length; done += HASH, counter++) {
                startHmac(pseudoRandomKey);
                if (counter > 1) {
                    sha512.update(block);
                }
                sha512.update(info);
                sha512.update((byte) counter);
                endHmac(block);
                System.arraycopy(block, 0, out, done, Math.min(HASH, out.length - done));
            }
        } finally {
            Arrays.fill(pseudoRandomKey, (byte) 0);
            Arrays.fill(block, (byte) 0);
        }
    }

    // RFC 2104: H((K ^ opad) || H((K ^ ipad) || text)), a key longer than a block being hashed first.
    private void startHmac(byte[] key) {
        byte[] fitting = key.length > BLOCK ? sha512.digest(key) : key;
        Arrays.fill(pad, INNER);
        for (int i = 0; i < fitting.length; i++) {
            pad[i] ^= fitting[i];
        }
        sha512.update(pad);
        for (int i = 0; i < BLOCK; i++) {
            pad[i] ^= INNER ^ OUTER;
        }
    }

    private void endHmac(byte[] out) {
        try {
            sha512.digest(out, 0, HASH);
            sha512.update(pad);
            sha512.update(out);
            sha512.digest(out, 0, HASH);
        } catch (DigestException impossible) {
            throw new AssertionError("64 bytes hold a SHA-512 hash", impossible);
        } finally {
            Arrays.fill(pad, (byte) 0);
        }
    }
}
