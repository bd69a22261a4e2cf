package io.byok.platform.seal.pkcs11;

import io.byok.platform.seal.SealBroken;
import io.byok.platform.seal.root.RemoteTrouble;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM inside of a token: {@code nonce 12 | ciphertext | tag 16}, with the place as further authenticated data.
 * The nonce is random; a root wraps thousands of times and not 2^32.
 *
 * <p>Tokens say CKR_GENERAL_ERROR for a wrong tag and for a fault of their own alike. So a wrap that does not open is
 * called broken only when the token, right after, sealed and opened something else with the same key, and the wrap did
 * not open a second time either.
 */
final class TokenCipher {

    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private TokenCipher() {}

    static byte[] seal(Provider token, Key key, byte[] plaintext, byte[] place) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        byte[] sealed = cipher(token, Cipher.ENCRYPT_MODE, key, nonce, place).doFinal(plaintext);
        byte[] whole = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
        return whole;
    }

    static byte[] open(Provider token, Key key, byte[] wrapped, byte[] place) throws GeneralSecurityException {
        if (wrapped.length < NONCE + TAG) {
            throw new SealBroken();
        }
        try {
            return decrypt(token, key, wrapped, place);
        } catch (AEADBadTagException tagOrFault) {
            proveHealthy(token, key);
            try {
                return decrypt(token, key, wrapped, place);
            } catch (AEADBadTagException tag) {
                throw new SealBroken();
            }
        }
    }

    private static void proveHealthy(Provider token, Key key) throws GeneralSecurityException {
        byte[] known = new byte[TAG];
        byte[] sealed = seal(token, key, known, known);
        if (!MessageDigest.isEqual(known, decrypt(token, key, sealed, known))) {
            throw RemoteTrouble.passing("the token does not open what it just sealed", null);
        }
    }

    private static byte[] decrypt(Provider token, Key key, byte[] wrapped, byte[] place)
            throws GeneralSecurityException {
        return cipher(token, Cipher.DECRYPT_MODE, key, Arrays.copyOf(wrapped, NONCE), place)
                .doFinal(wrapped, NONCE, wrapped.length - NONCE);
    }

    private static Cipher cipher(Provider token, int mode, Key key, byte[] nonce, byte[] place)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", token);
        cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
        cipher.updateAAD(place);
        return cipher;
    }
}
