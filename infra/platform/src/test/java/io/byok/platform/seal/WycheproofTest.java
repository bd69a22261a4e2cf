package io.byok.platform.seal;

import static io.byok.platform.seal.Wycheproof.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.byok.platform.seal.Wycheproof.Count;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The exact numbers are part of the assertion: fewer vectors accepted, or fewer rejected, is a failure. */
class WycheproofTest {

    private static final Provider JDK = Objects.requireNonNull(Security.getProvider("SunJCE"));
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    @Test
    void aes_gcm() {
        assertThat(Wycheproof.run(
                        "aes_gcm_test.json", (group, vector) -> aead("AES/GCM/NoPadding", JDK, group, vector)))
                .isEqualTo(new Count(229, 87));
    }

    @Test
    void aes_gcm_siv() {
        assertThat(Wycheproof.run(
                        "aes_gcm_siv_test.json",
                        (group, vector) -> aead("AES/GCM-SIV/NoPadding", BOUNCY_CASTLE, group, vector)))
                .isEqualTo(new Count(136, 66));
    }

    private static boolean aead(String algorithm, Provider provider, JsonNode group, JsonNode vector)
            throws GeneralSecurityException {
        SecretKeySpec key = new SecretKeySpec(hex(vector, "key"), "AES");
        GCMParameterSpec iv = new GCMParameterSpec(group.get("tagSize").asInt(), hex(vector, "iv"));
        byte[] sealed = concat(hex(vector, "ct"), hex(vector, "tag"));
        Cipher opening = Cipher.getInstance(algorithm, provider);
        opening.init(Cipher.DECRYPT_MODE, key, iv);
        opening.updateAAD(hex(vector, "aad"));
        boolean opens = Arrays.equals(opening.doFinal(sealed), hex(vector, "msg"));
        Cipher sealing = Cipher.getInstance(algorithm, provider);
        sealing.init(Cipher.ENCRYPT_MODE, key, iv);
        sealing.updateAAD(hex(vector, "aad"));
        return opens && Arrays.equals(sealing.doFinal(hex(vector, "msg")), sealed);
    }

    @Test
    void aes_kwp() {
        assertThat(Wycheproof.run("aes_kwp_test.json", (group, vector) -> {
                    SecretKeySpec key = new SecretKeySpec(hex(vector, "key"), "AES");
                    Cipher unwrapping = Cipher.getInstance("AES/KWP/NoPadding", JDK);
                    unwrapping.init(Cipher.UNWRAP_MODE, key);
                    byte[] unwrapped = unwrapping
                            .unwrap(hex(vector, "ct"), "AES", Cipher.SECRET_KEY)
                            .getEncoded();
                    Cipher wrapping = Cipher.getInstance("AES/KWP/NoPadding", JDK);
                    wrapping.init(Cipher.WRAP_MODE, key);
                    byte[] wrapped = wrapping.wrap(new SecretKeySpec(hex(vector, "msg"), "AES"));
                    return Arrays.equals(unwrapped, hex(vector, "msg")) && Arrays.equals(wrapped, hex(vector, "ct"));
                }))
                .isEqualTo(new Count(77, 177));
    }

    @Test
    void aes_cmac() {
        assertThat(Wycheproof.run(
                        "aes_cmac_test.json", (group, vector) -> mac("AESCMAC", BOUNCY_CASTLE, group, vector)))
                .isEqualTo(new Count(63, 248));
    }

    @Test
    void hmac_sha256() {
        assertThat(Wycheproof.run("hmac_sha256_test.json", (group, vector) -> mac("HmacSHA256", JDK, group, vector)))
                .isEqualTo(new Count(66, 108));
    }

    @Test
    void hmac_sha512() {
        assertThat(Wycheproof.run("hmac_sha512_test.json", (group, vector) -> mac("HmacSHA512", JDK, group, vector)))
                .isEqualTo(new Count(66, 108));
    }

    private static boolean mac(String algorithm, Provider provider, JsonNode group, JsonNode vector)
            throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm, provider);
        mac.init(new SecretKeySpec(hex(vector, "key"), "AES"));
        byte[] tag = Arrays.copyOf(
                mac.doFinal(hex(vector, "msg")), group.get("tagSize").asInt() / 8);
        return MessageDigest.isEqual(tag, hex(vector, "tag"));
    }

    @Test
    void hkdf_sha256_of_the_jdk() {
        assertThat(Wycheproof.run(
                        "hkdf_sha256_test.json",
                        (group, vector) -> derives(KDF.getInstance("HKDF-SHA256", JDK), vector)))
                .isEqualTo(new Count(83, 3));
    }

    @Test
    void hkdf_sha512_of_the_jdk() {
        assertThat(Wycheproof.run(
                        "hkdf_sha512_test.json",
                        (group, vector) -> derives(KDF.getInstance("HKDF-SHA512", JDK), vector)))
                .isEqualTo(new Count(80, 3));
    }

    @Test
    void hkdf_sha512_of_our_own() {
        assertThat(Wycheproof.run("hkdf_sha512_test.json", (group, vector) -> {
                    byte[] derived = new byte[vector.get("size").asInt()];
                    new Hkdf(MessageDigest.getInstance("SHA-512"))
                            .derive(hex(vector, "ikm"), hex(vector, "salt"), hex(vector, "info"), derived);
                    return Arrays.equals(derived, hex(vector, "okm"));
                }))
                .isEqualTo(new Count(80, 3));
    }

    private static boolean derives(KDF kdf, JsonNode vector) throws GeneralSecurityException {
        byte[] derived = kdf.deriveData(HKDFParameterSpec.ofExtract()
                .addIKM(hex(vector, "ikm"))
                .addSalt(hex(vector, "salt"))
                .thenExpand(hex(vector, "info"), vector.get("size").asInt()));
        return Arrays.equals(derived, hex(vector, "okm"));
    }

    @Test
    void ed25519() {
        assertThat(Wycheproof.run("ed25519_test.json", (group, vector) -> {
                    Signature signature = Signature.getInstance("Ed25519", "SunEC");
                    signature.initVerify(KeyFactory.getInstance("Ed25519", "SunEC")
                            .generatePublic(new X509EncodedKeySpec(hex(group, "publicKeyDer"))));
                    signature.update(hex(vector, "msg"));
                    return signature.verify(hex(vector, "sig"));
                }))
                .isEqualTo(new Count(88, 63));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
