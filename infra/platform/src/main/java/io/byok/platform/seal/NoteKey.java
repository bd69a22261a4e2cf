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
 * Who may have signed a note: a verifier key of the C2SP signed-note form, {@code name+hash+base64(1 | public key)}. The
 * hash is the first four bytes of {@code SHA-256(name \n 1 | public key)}.
 *
 * @param name of the signer, for people; without spaces and plus signs
 * @param publicKey Ed25519, 32 bytes; lent, never changed
 */
public record NoteKey(String name, int hash, byte[] publicKey) {

    private static final byte ED25519 = 1;
    private static final int PUBLIC_KEY = 32;

    static NoteKey ed25519(String name, byte[] publicKey) {
        return new NoteKey(name, hash(name, publicKey), publicKey);
    }

    /** Empty unless it is a verifier key of an algorithm known here, whole and with the right hash. */
    public static Optional<NoteKey> parse(String text) {
        String[] parts = text.strip().split("\\+", 3);
        if (parts.length != 3 || parts[0].isEmpty() || parts[0].chars().anyMatch(Character::isWhitespace)) {
            return Optional.empty();
        }
        try {
            byte[] key = Base64.getDecoder().decode(parts[2]);
            if (key.length != 1 + PUBLIC_KEY || key[0] != ED25519) {
                return Optional.empty();
            }
            NoteKey parsed = ed25519(parts[0], Arrays.copyOfRange(key, 1, key.length));
            return HexFormat.of().toHexDigits(parsed.hash).equals(parts[1]) ? Optional.of(parsed) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    boolean verifies(byte[] message, byte[] signature) {
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
        byte[] y = new byte[PUBLIC_KEY];
        for (int i = 0; i < PUBLIC_KEY; i++) {
            y[i] = publicKey[PUBLIC_KEY - 1 - i];
        }
        boolean odd = (y[0] & 0x80) != 0;
        y[0] &= 0x7f;
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(
                        new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, y))));
    }

    private static int hash(String name, byte[] publicKey) {
        byte[] named = (name + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] all = ByteBuffer.allocate(named.length + 1 + publicKey.length)
                .put(named)
                .put(ED25519)
                .put(publicKey)
                .array();
        return ByteBuffer.wrap(Primitives.lend(primitives -> primitives.sha256.digest(all)))
                .getInt();
    }

    /** The form that {@link #parse} reads. */
    public String text() {
        byte[] typed = ByteBuffer.allocate(1 + publicKey.length)
                .put(ED25519)
                .put(publicKey)
                .array();
        return name + "+" + HexFormat.of().toHexDigits(hash) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    @Override
    public String toString() {
        return text();
    }
}
