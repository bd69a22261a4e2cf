package io.byok.bench;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * AES-256-GCM and nothing more: one key for all messages, a random nonce each, the cipher object reused. Does not commit
 * to its key, and must not seal more than 2^32 messages.
 */
final class RawAesGcm implements Aead {

    static final int NONCE = 12;
    static final byte[] ASSOCIATED_DATA = new byte[106];

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;
    private final Cipher cipher;

    private RawAesGcm(Provider provider) throws GeneralSecurityException {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        key = new SecretKeySpec(secret, "AES");
        cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
    }

    static Aead ofJdk() throws GeneralSecurityException {
        return new RawAesGcm(Objects.requireNonNull(Security.getProvider("SunJCE")));
    }

    static Aead ofBouncyCastle() throws GeneralSecurityException {
        return new RawAesGcm(new BouncyCastleProvider());
    }

    @Override
    public byte[] seal(byte[] plaintext) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed = Arrays.copyOf(nonce, NONCE + plaintext.length + 16);
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        cipher.updateAAD(ASSOCIATED_DATA);
        cipher.doFinal(plaintext, 0, plaintext.length, sealed, NONCE);
        return sealed;
    }

    @Override
    public byte[] open(byte[] sealed) throws GeneralSecurityException {
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, sealed, 0, NONCE));
        cipher.updateAAD(ASSOCIATED_DATA);
        return cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
    }
}
