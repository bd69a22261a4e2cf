package io.byok.platform.seal;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The C2SP signed-note form of a public key, {@code name+hash+base64(type | key)}. The type says what the key signs and how,
 * and goes into the hash, so a key of one type is never taken for one of another.
 *
 * @param type 1 signs notes and 4 cosigns states of logs by Ed25519, 6 cosigns them by ML-DSA-44
 * @param publicKey 32 or 1,312 bytes; lent, never changed
 */
record VerifierKey(byte type, String name, byte[] publicKey) {

    static final byte NOTE = 1;
    static final byte COSIGNATURE = 4;
    static final byte ML_DSA_COSIGNATURE = 6;
    static final int LENGTH = 32;

    /** Empty unless it is a key of that type, whole and with the right hash. */
    static Optional<VerifierKey> parse(byte type, String text) {
        String[] parts = text.strip().split("\\+", 3);
        if (parts.length != 3 || !isName(parts[0])) {
            return Optional.empty();
        }
        try {
            byte[] key = Base64.getDecoder().decode(parts[2]);
            if (key.length != 1 + length(type) || key[0] != type) {
                return Optional.empty();
            }
            VerifierKey parsed = new VerifierKey(type, parts[0], Arrays.copyOfRange(key, 1, key.length));
            return HexFormat.of().toHexDigits(parsed.hash()).equals(parts[1]) ? Optional.of(parsed) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static int length(byte type) {
        return type == ML_DSA_COSIGNATURE ? MlDsa.PUBLIC_KEY : LENGTH;
    }

    /** Bytes of a signature of this type. */
    int signatureLength() {
        return type == ML_DSA_COSIGNATURE ? MlDsa.SIGNATURE : 2 * LENGTH;
    }

    /** Whether notes can be signed in that name. */
    static boolean isName(String name) {
        return !name.isEmpty() && name.chars().noneMatch(c -> c == '+' || Character.isWhitespace(c));
    }

    int hash() {
        byte[] named = (name + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] all = ByteBuffer.allocate(named.length + 1 + publicKey.length)
                .put(named)
                .put(type)
                .put(publicKey)
                .array();
        return ByteBuffer.wrap(Primitives.lend(primitives -> primitives.sha256.digest(all)))
                .getInt();
    }

    String text() {
        byte[] typed = ByteBuffer.allocate(1 + publicKey.length)
                .put(type)
                .put(publicKey)
                .array();
        return name + "+" + HexFormat.of().toHexDigits(hash()) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    boolean verifies(byte[] message, byte[] signature) {
        if (type == ML_DSA_COSIGNATURE) {
            return MlDsa.verifies(publicKey, message, signature);
        }
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key());
            ed25519.update(message);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false; // no signature at all, or no point of the curve
        }
    }

    private PublicKey key() throws GeneralSecurityException {
        // RFC 8032: little-endian y, the highest bit is the sign of x.
        byte[] y = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            y[i] = publicKey[LENGTH - 1 - i];
        }
        boolean odd = (y[0] & 0x80) != 0;
        y[0] &= 0x7f;
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(
                        new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, y))));
    }
}
