package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

/** Suite 1 written a second time, from its description and with another implementation of every primitive. */
class Suite1AgainstBouncyCastleTest {

    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    @Test
    void both_give_the_same_bytes_and_open_each_other() throws GeneralSecurityException {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            byte[] secret = bytes(random, 32);
            byte[] salt = bytes(random, 32);
            byte[] plaintext = bytes(random, random.nextInt(3_000));
            UUID id = new UUID(random.nextLong(), random.nextLong());
            int version = 1 + random.nextInt(1_000_000);
            Aad place = Aad.secret(Samples.TENANT, Samples.SUBJECT, Samples.KEY, random.nextInt(), "field" + i);
            SealingKey key = SealingKey.owning(id, version, secret.clone());

            byte[] theirs = seal(secret, id, version, salt, place.bytes(), plaintext);

            assertThat(Suite1.seal(key, place, plaintext, salt)).isEqualTo(theirs);
            assertThat(Suite1.open(key, place, theirs)).isEqualTo(plaintext);
        }
    }

    @Test
    void the_self_test_holds_here() {
        SelfTest.run();
    }

    private static byte[] seal(byte[] secret, UUID id, int version, byte[] salt, byte[] aad, byte[] plaintext)
            throws GeneralSecurityException {
        byte[] info = ByteBuffer.allocate(7 + 2 + 32)
                .put("byok/v1".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 1)
                .put(MessageDigest.getInstance("SHA-256", BOUNCY_CASTLE).digest(aad))
                .array();
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA512Digest());
        hkdf.init(new HKDFParameters(secret, salt, info));
        byte[] derived = new byte[64];
        hkdf.generateBytes(derived, 0, 64);
        Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding", BOUNCY_CASTLE);
        gcm.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(Arrays.copyOf(derived, 32), "AES"),
                new GCMParameterSpec(128, new byte[12]));
        byte[] ciphertext = gcm.doFinal(plaintext);
        return ByteBuffer.allocate(26 + 32 + 32 + ciphertext.length)
                .put((byte) 'B')
                .put((byte) 'Y')
                .put((byte) 1)
                .putShort((short) 1)
                .put((byte) 0)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(version)
                .put(salt)
                .put(derived, 32, 32)
                .put(ciphertext)
                .array();
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
