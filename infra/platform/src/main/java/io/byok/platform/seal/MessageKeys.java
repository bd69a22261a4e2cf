package io.byok.platform.seal;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * L3: the encryption key and the commitment of one message. It is its own {@link SecretKey}, because the JDK's
 * {@code SecretKeySpec} cannot be wiped; the cipher asks for a copy and wipes that itself.
 */
final class MessageKeys implements SecretKey, AutoCloseable {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int KEY_BYTES = 32;

    private final byte[] derived = new byte[2 * KEY_BYTES];

    private MessageKeys() {}

    static MessageKeys derive(Primitives primitives, SealingKey key, byte[] salt, byte[] info) {
        return key.exposeForUse(secret -> {
            MessageKeys keys = new MessageKeys();
            primitives.hkdf.derive(secret, salt, info, keys.derived);
            return keys;
        });
    }

    /** K_com. Public: it stands in the sealed bytes, and tells nothing about K_enc. */
    byte[] commitment() {
        return Arrays.copyOfRange(derived, KEY_BYTES, 2 * KEY_BYTES);
    }

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** A copy of K_enc for the cipher. */
    @Override
    public byte[] getEncoded() {
        return Arrays.copyOf(derived, KEY_BYTES);
    }

    @Override
    public void close() {
        Arrays.fill(derived, (byte) 0);
    }

    @Override
    public String toString() {
        return "MessageKeys";
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a message key");
    }
}
