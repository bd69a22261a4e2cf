package io.byok.platform.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Suite 1: AES-256-GCM with a key per message, bound to its place and committed to its key.
 *
 * <pre>
 * header 26 | salt 32 | commitment 32 | ciphertext n | tag 16                               106 + n bytes
 *
 * K_enc || K_com = HKDF-SHA512(ikm = key, salt, info = "byok/v1" || suite u16 || SHA-256(AAD))
 * commitment     = K_com
 * ciphertext, tag = AES-256-GCM(K_enc, nonce = 0, plaintext)
 * </pre>
 *
 * Guarantees: a sealed text opens under its key and in its place only, or not at all; it opens under no second key,
 * which plain GCM does not promise; no plaintext leaves before the tag is verified. Hides the plaintext, not its length.
 * The same key seals 2^64 messages and more before salts meet. Safe for any number of threads.
 */
final class Suite1 {

    static final short CODE = 1;
    static final int OVERHEAD = 106;

    private static final int SALT = SealedHeader.BYTES;
    private static final int SALT_BYTES = 32;
    private static final int COMMITMENT = SALT + SALT_BYTES;
    private static final int COMMITMENT_BYTES = 32;
    private static final int CIPHERTEXT = COMMITMENT + COMMITMENT_BYTES;
    private static final byte[] INFO = "byok/v1".getBytes(StandardCharsets.US_ASCII);

    // Each K_enc encrypts exactly one message, so there is no second nonce it could collide with.
    private static final GCMParameterSpec ZERO_NONCE = new GCMParameterSpec(128, new byte[12]);

    private static final SecureRandom RANDOM = new SecureRandom();

    private Suite1() {}

    /** Seals the plaintext for its place. The same plaintext never gives the same bytes twice. */
    static byte[] seal(SealingKey key, Aad aad, byte[] plaintext) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return seal(key, aad, plaintext, salt);
    }

    /** With a salt of the caller's choice, for golden blobs only: a salt used twice is a key used twice. */
    static byte[] seal(SealingKey key, Aad aad, byte[] plaintext, byte[] salt) {
        byte[] sealed = new byte[OVERHEAD + plaintext.length];
        SealedHeader.write(key, sealed);
        System.arraycopy(salt, 0, sealed, SALT, SALT_BYTES);
        return Primitives.lend(primitives -> {
            try (MessageKeys keys = MessageKeys.derive(primitives, key, salt, info(primitives, aad))) {
                System.arraycopy(keys.commitment(), 0, sealed, COMMITMENT, COMMITMENT_BYTES);
                primitives.aesGcm.init(Cipher.ENCRYPT_MODE, keys, ZERO_NONCE);
                primitives.aesGcm.doFinal(plaintext, 0, plaintext.length, sealed, CIPHERTEXT);
                return sealed;
            } catch (GeneralSecurityException bug) {
                throw new IllegalStateException("AES-GCM refused to seal", bug);
            }
        });
    }

    /**
     * Opens what {@link #seal} made with this key for this place.
     *
     * @throws SealBroken for anything else
     */
    static byte[] open(SealingKey key, Aad aad, byte[] sealed) {
        if (!SealedHeader.read(sealed).names(key)) {
            throw new SealBroken();
        }
        byte[] salt = Arrays.copyOfRange(sealed, SALT, COMMITMENT);
        byte[] claimed = Arrays.copyOfRange(sealed, COMMITMENT, CIPHERTEXT);
        return Primitives.lend(primitives -> {
            try (MessageKeys keys = MessageKeys.derive(primitives, key, salt, info(primitives, aad))) {
                // Before decryption and in constant time: a wrong key or place is found here, GCM sees none of it.
                if (!MessageDigest.isEqual(keys.commitment(), claimed)) {
                    throw new SealBroken();
                }
                primitives.aesGcm.init(Cipher.DECRYPT_MODE, keys, ZERO_NONCE);
                return primitives.aesGcm.doFinal(sealed, CIPHERTEXT, sealed.length - CIPHERTEXT);
            } catch (GeneralSecurityException broken) {
                throw new SealBroken();
            }
        });
    }

    // Fixed lengths, so the concatenation is unambiguous. The AAD enters through its hash: even a random generator that
    // repeats itself (a cloned machine) repeats a key only for the very same place.
    private static byte[] info(Primitives primitives, Aad aad) {
        byte[] hash = primitives.sha256.digest(aad.bytes());
        byte[] info = Arrays.copyOf(INFO, INFO.length + Short.BYTES + hash.length);
        info[INFO.length] = (byte) (CODE >>> 8);
        info[INFO.length + 1] = (byte) CODE;
        System.arraycopy(hash, 0, info, INFO.length + Short.BYTES, hash.length);
        return info;
    }
}
