package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyMaterialTest {

    private static final String SETTING = "BYOK_ENCRYPTION_KEY";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                                                 | is empty
                    your-32-char-hex-key                                               | published sample
                    6c1fe4e407b8911c104518103505b218                                   | published sample
                    6C1FE4E407B8911C104518103505B218                                   | published sample
                    changeme                                                           | published sample
                    0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef   | published sample
                    000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f   | published sample
                    not a key at all!                                                  | neither
                    zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f   | neither
                    9f86d081884c7d659a2feaa0c55ad015                                   | holds 24 bytes
                    n4bQgYhMfWWaL+qgxVrQFQ==                                           | holds 16 bytes
                    0000000000000000000000000000000000000000000000000000000000000000   | repeats itself
                    ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff   | repeats itself
                    a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7   | repeats itself
                    deadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeef   | repeats itself
                    9f86d081884c7d659a2feaa0c55ad0159f86d081884c7d659a2feaa0c55ad015   | repeats itself
                    0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20   | is a sequence
                    fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0efeeedecebeae9e8e7e6e5e4e3e2e1e0   | is a sequence
                    030a11181f262d343b424950575e656c737a81888f969da4abb2b9c0c7ced5dc   | is a sequence
                    Y29ycmVjdCBob3JzZSBiYXR0ZXJ5IHN0YXBsZSA0MiE=                       | readable text
                    1234567890123456789012345678901234567890123456789012345678901233   | too little randomness
                    0000000000000000000000000000000f7c9e1b2d8a4f6e3c5b7a9d1e2f4c6b80   | too little randomness
                    """)
    void what_is_plainly_no_random_key_is_refused(String text, String reason) {
        assertThatThrownBy(() -> KeyMaterial.parse(SETTING, text))
                .isInstanceOf(KeyRefused.class)
                .hasMessageStartingWith(SETTING)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n")
                .satisfies(refused -> {
                    if (!text.isEmpty()) {
                        assertThat(refused.getMessage()).doesNotContain(text);
                    }
                });
    }

    @Test
    void random_keys_are_taken_in_hex_and_every_kind_of_base64() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] key = new byte[32];
            random.nextBytes(key);
            assertThat(KeyMaterial.parse(SETTING, HexFormat.of().formatHex(key)))
                    .isEqualTo(key);
            assertThat(KeyMaterial.parse(SETTING, Base64.getEncoder().encodeToString(key)))
                    .isEqualTo(key);
            assertThat(KeyMaterial.parse(
                            SETTING, Base64.getUrlEncoder().withoutPadding().encodeToString(key) + "\n"))
                    .isEqualTo(key);
        }
    }
}
