package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Random;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.junit.jupiter.api.Test;

class HkdfTest {

    @Test
    void gives_what_the_jdk_gives_with_one_object_for_all() throws GeneralSecurityException {
        Random random = new Random(2);
        Hkdf ours = new Hkdf(MessageDigest.getInstance("SHA-512"));
        KDF jdk = KDF.getInstance("HKDF-SHA512");
        for (int i = 0; i < 2_000; i++) {
            byte[] key = bytes(random, 200);
            byte[] salt = bytes(random, 300); // also longer than a block, which is hashed first
            byte[] info = bytes(random, 300);
            byte[] derived = new byte[1 + random.nextInt(300)];
            ours.derive(key, salt, info, derived);
            assertThat(derived)
                    .isEqualTo(jdk.deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(key)
                            .addSalt(salt)
                            .thenExpand(info, derived.length)));
        }
    }

    private static byte[] bytes(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }
}
