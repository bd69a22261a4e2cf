package io.byok.testkit;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What a cloud's key service gives back: which of its keys it used, a nonce, and AES-256-GCM's ciphertext. */
final class GcmBlob {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE = 12;

    private GcmBlob() {}

    static byte[] freshKey() {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        return key;
    }

    static byte[] seal(byte[] name, byte[] key, byte[] bound, byte[] plain) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        byte[] sealed =
                run(Cipher.ENCRYPT_MODE, key, nonce, bound, plain).orElseThrow(() -> new IllegalStateException("AES"));
        return ByteBuffer.allocate(name.length + NONCE + sealed.length)
                .put(name)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /** Empty when it does not open. */
    static Optional<byte[]> open(int nameLength, byte[] key, byte[] bound, byte[] blob) {
        if (blob.length < nameLength + NONCE) {
            return Optional.empty();
        }
        return run(
                Cipher.DECRYPT_MODE,
                key,
                Arrays.copyOfRange(blob, nameLength, nameLength + NONCE),
                bound,
                Arrays.copyOfRange(blob, nameLength + NONCE, blob.length));
    }

    private static Optional<byte[]> run(int mode, byte[] key, byte[] nonce, byte[] bound, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(bound);
            return Optional.of(cipher.doFinal(text));
        } catch (GeneralSecurityException refused) {
            return Optional.empty();
        }
    }
}
