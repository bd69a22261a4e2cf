package io.byok.platform.seal;

import io.byok.kernel.TenantId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Proves at the start that this machine seals as every other does. Java runtimes have shipped wrong AES-GCM intrinsics
 * (JDK-8370318, JDK-8371864): what such a one seals, no other opens. Takes some milliseconds.
 */
public final class SelfTest {

    /** SHA-256 over the samples; a test computes the same with BouncyCastle. */
    private static final String EXPECTED = "33bdf62cb39e528e687f2b9c2588d9a17873ae4a68047777a8493582ca34e67a";

    /** Lengths around every block and batch that an intrinsic may treat in a way of its own. */
    private static final int[] LENGTHS = {0, 1, 15, 16, 17, 127, 128, 255, 256, 511, 768, 1024, 4095, 4096, 8193, 65_537
    };

    private SelfTest() {}

    /** @throws IllegalStateException when this runtime computes anything else than it must */
    public static void run() {
        if (!digest().equals(EXPECTED)) {
            throw new IllegalStateException("this Java runtime computes AES-GCM or SHA-2 wrongly; use another build");
        }
    }

    static String digest() {
        Aad place = Aad.wrappedKey(
                new TenantId(DataKeyRef.NOBODY),
                DataKeyRef.NOBODY,
                0,
                DataKeyRef.NOBODY,
                1,
                "self-test",
                DataKeyRef.NOBODY);
        try (SealingKey key = SealingKey.owning(new UUID(1, 2), 3, counting(SealingKey.BYTES))) {
            MessageDigest sum = MessageDigest.getInstance("SHA-256");
            for (int length : LENGTHS) {
                byte[] sealed = Suite1.seal(key, place, counting(length), salt(length));
                if (!Arrays.equals(Suite1.open(key, place, sealed), counting(length))) {
                    return "does not open";
                }
                sum.update(sealed);
            }
            return HexFormat.of().formatHex(sum.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }

    // One of its own per message: the JDK rightly refuses to encrypt twice under one key and nonce.
    private static byte[] salt(int length) {
        return ByteBuffer.wrap(counting(32)).putInt(length).array();
    }

    private static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 7 + (i >> 8));
        }
        return bytes;
    }
}
