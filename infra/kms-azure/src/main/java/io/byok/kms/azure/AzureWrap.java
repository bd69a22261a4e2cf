package io.byok.kms.azure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm;
import io.byok.platform.seal.SealBroken;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is wrapped by one RSA key: {@code ciphertext k | signature k}, where k is the length of its modulus. The signature
 * is the same key's, PS256 over {@code "byok/v1/azure-wrap" | ciphertext | place 32}. Encryption with OAEP and signatures
 * with PSS under one RSA key do not weaken each other (Haber and Pinkas, CCS 2001), and the label keeps signatures made
 * here from meaning anything elsewhere.
 *
 * <p>The vault signs and the vault verifies: no private key and no cipher is here.
 */
final class AzureWrap {

    private static final byte[] LABEL = "byok/v1/azure-wrap".getBytes(US_ASCII);

    private final CryptographyClient key;
    private final int modulus;

    /** @param modulus its length in bytes */
    AzureWrap(CryptographyClient key, int modulus) {
        this.key = key;
        this.modulus = modulus;
    }

    byte[] seal(byte[] plaintext, byte[] place) {
        byte[] ciphertext =
                sized(key.wrapKey(KeyWrapAlgorithm.RSA_OAEP_256, plaintext).getEncryptedKey());
        byte[] signature = sized(key.signData(SignatureAlgorithm.PS256, signed(ciphertext, place))
                .getSignature());
        return ByteBuffer.allocate(2 * modulus).put(ciphertext).put(signature).array();
    }

    /**
     * First whether it is ours, then what it is: only what was signed for this place is unwrapped.
     *
     * @throws SealBroken when the vault says that the signature does not hold, or the length is none that was made here
     */
    byte[] open(byte[] wrapped, byte[] place) {
        if (wrapped.length != 2 * modulus) {
            throw new SealBroken();
        }
        byte[] ciphertext = Arrays.copyOf(wrapped, modulus);
        byte[] signature = Arrays.copyOfRange(wrapped, modulus, wrapped.length);
        Boolean holds =
                AzureTrouble.ask(() -> key.verifyData(SignatureAlgorithm.PS256, signed(ciphertext, place), signature)
                        .isValid());
        if (!Boolean.TRUE.equals(holds)) {
            throw new SealBroken();
        }
        return AzureTrouble.ask(
                () -> key.unwrapKey(KeyWrapAlgorithm.RSA_OAEP_256, ciphertext).getKey());
    }

    private byte[] sized(byte[] answered) {
        if (answered == null || answered.length != modulus) {
            throw AzureTrouble.garbage();
        }
        return answered;
    }

    private byte[] signed(byte[] ciphertext, byte[] place) {
        return ByteBuffer.allocate(LABEL.length + ciphertext.length + place.length)
                .put(LABEL)
                .put(ciphertext)
                .put(place)
                .array();
    }
}
