package io.byok.platform.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.audit.Checkpoint;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.junit.jupiter.api.Test;

class MlDsaTest {

    private static final long NOW = 1_790_000_000L;

    private final Random random = new Random(44);
    private final byte[] seed = bytes(32);
    private final byte[] publicKey = MlDsa.publicKey(seed);
    private final CosignerKey key = CosignerKey.mlDsa("log.example", publicKey);
    private final String state = new Checkpoint("log.example", 300, bytes(32)).text();

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String line(String text) {
        return key.line(NOW, MlDsa.sign(seed, key.message(NOW, text).orElseThrow()));
    }

    @Test
    void the_key_of_the_example_in_rfc_9881_is_made_from_its_seed() {
        byte[] example = MlDsa.publicKey(
                HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
        assertThat(example).hasSize(MlDsa.PUBLIC_KEY);
        assertThat(HexFormat.of().formatHex(example))
                .startsWith("d7b2b47254aae0db45e7930d4a98d2c97d8f1397d1789dafa17024b316");
    }

    @Test
    void what_one_library_signs_both_verify_and_no_signature_is_like_another() {
        for (int i = 0; i < 20; i++) {
            byte[] message = bytes(i * 7);
            byte[] signature = MlDsa.sign(seed, message);
            assertThat(signature).hasSize(MlDsa.SIGNATURE).isNotEqualTo(MlDsa.sign(seed, message));
            assertThat(MlDsa.verifies(publicKey, message, signature)).isTrue();
            MLDSASigner other = new MLDSASigner();
            other.init(false, new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_44, publicKey));
            other.update(message, 0, message.length);
            assertThat(other.verifySignature(signature)).isTrue();
        }
    }

    @Test
    void no_changed_bit_of_message_signature_or_key_passes() {
        byte[] message = bytes(100);
        byte[] signature = MlDsa.sign(seed, message);
        for (int i = 0; i < 300; i++) {
            assertThat(MlDsa.verifies(publicKey, message, flipped(signature))).isFalse();
            assertThat(MlDsa.verifies(publicKey, flipped(message), signature)).isFalse();
            assertThat(MlDsa.verifies(flipped(publicKey), message, signature)).isFalse();
        }
        for (int length : new int[] {0, 1, 64, MlDsa.SIGNATURE - 1, MlDsa.SIGNATURE + 1}) {
            assertThat(MlDsa.verifies(publicKey, message, Arrays.copyOf(signature, length)))
                    .isFalse();
            assertThat(MlDsa.verifies(Arrays.copyOf(publicKey, length), message, signature))
                    .isFalse();
        }
    }

    private byte[] flipped(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    @Test
    void the_message_is_that_of_the_standard_byte_by_byte() {
        CosignerKey witness = CosignerKey.mlDsa("w", publicKey);
        byte[] root = bytes(32);
        byte[] expected = ByteBuffer.allocate(12 + 2 + 8 + 4 + 16 + 32)
                .put("subtree/v1\n\0".getBytes(UTF_8))
                .put((byte) 1)
                .put("w".getBytes(UTF_8))
                .putLong(NOW)
                .put((byte) 3)
                .put("log".getBytes(UTF_8))
                .putLong(0)
                .putLong(7)
                .put(root)
                .array();
        String text = new Checkpoint("log", 7, root).text();
        assertThat(witness.message(NOW, text)).contains(expected);
        assertThat(witness.message(NOW, "no state\n")).isEmpty();
        assertThat(witness.message(NOW, new Checkpoint("l".repeat(256), 7, root).text()))
                .isEmpty();
    }

    @Test
    void a_key_has_one_form_and_is_not_taken_for_one_of_another_type() {
        assertThat(CosignerKey.parse(key.text()).orElseThrow().text()).isEqualTo(key.text());
        assertThat(NoteKey.parse(key.text())).isEmpty();
        String text = key.text();
        for (String wrong : new String[] {
            text.replace("log.example", "log.exampl"),
            text + "A",
            text.substring(0, text.length() - 4),
            CosignerKey.ed25519("log.example", Arrays.copyOf(publicKey, 31)).text(),
            new VerifierKey(VerifierKey.ML_DSA_COSIGNATURE, "log.example", bytes(32)).text(),
            new VerifierKey(VerifierKey.COSIGNATURE, "log.example", publicKey).text()
        }) {
            assertThat(CosignerKey.parse(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void a_cosignature_is_of_one_state_one_time_one_name_and_one_log() {
        String line = line(state);
        assertThat(key.claims(line)).isTrue();
        assertThat(key.cosigned(state, line)).contains(Instant.ofEpochSecond(NOW));
        assertThat(key.cosigned(state + "an extension\n", line))
                .as("extensions are not signed, says the standard")
                .isPresent();
        assertThat(key.cosigned(state.replace("\n300\n", "\n301\n"), line)).isEmpty();
        assertThat(key.cosigned(state.replace("log.example", "log.exampl3"), line))
                .isEmpty();
        CosignerKey named = CosignerKey.mlDsa("log.exampl3", publicKey);
        byte[] signature = MlDsa.sign(seed, key.message(NOW, state).orElseThrow());
        assertThat(named.cosigned(state, named.line(NOW, signature))).isEmpty();
        assertThat(key.cosigned(state, key.line(NOW + 1, signature))).isEmpty();
        assertThat(key.cosigned(state, key.line(-1, signature))).isEmpty();
        assertThat(key.cosigned(state, key.line(NOW, Arrays.copyOf(signature, 64))))
                .isEmpty();
    }
}
