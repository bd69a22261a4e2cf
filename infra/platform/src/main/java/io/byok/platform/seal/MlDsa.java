package io.byok.platform.seal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.MLDSASigner;

/**
 * ML-DSA-44 of FIPS 204: pure, hedged, with an empty context, as C2SP tlog-cosignature has it. BouncyCastle signs, from the
 * 32 bytes of a seed; the JDK verifies, so whatever one of them gets wrong the other does not accept.
 */
final class MlDsa {

    /** Bytes of a public key. */
    static final int PUBLIC_KEY = 1312;

    /** Bytes of a signature. */
    static final int SIGNATURE = 2420;

    /** What stands before the public key in an X.509 SubjectPublicKeyInfo; the object identifier is 2.16.840.1.101.3.4.3.17. */
    private static final byte[] INFO = HexFormat.of().parseHex("30820532300b06096086480165030403110382052100");

    private static final SecureRandom RANDOM = new SecureRandom();

    private MlDsa() {}

    static byte[] publicKey(byte[] seed) {
        MLDSAPrivateKeyParameters secret = secret(seed);
        try {
            return secret.getPublicKey();
        } finally {
            secret.destroy();
        }
    }

    static byte[] sign(byte[] seed, byte[] message) {
        MLDSAPrivateKeyParameters secret = secret(seed);
        try {
            MLDSASigner signer = new MLDSASigner();
            signer.init(true, new ParametersWithRandom(secret, RANDOM));
            signer.update(message, 0, message.length);
            return signer.generateSignature();
        } catch (CryptoException impossible) {
            throw new IllegalStateException("ML-DSA-44 does not sign", impossible);
        } finally {
            secret.destroy();
        }
    }

    /** Of a copy: what is destroyed with the key would be the caller's own. */
    private static MLDSAPrivateKeyParameters secret(byte[] seed) {
        return new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, seed.clone());
    }

    static boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
        try {
            Signature check = Signature.getInstance("ML-DSA-44");
            check.initVerify(key(publicKey));
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false; // no signature at all, or no key
        }
    }

    private static PublicKey key(byte[] publicKey) throws GeneralSecurityException {
        byte[] encoded = ByteBuffer.allocate(INFO.length + publicKey.length)
                .put(INFO)
                .put(publicKey)
                .array();
        return KeyFactory.getInstance("ML-DSA-44").generatePublic(new X509EncodedKeySpec(encoded));
    }
}
