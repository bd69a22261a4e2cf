package io.byok.platform.seal;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import javax.crypto.SecretKey;

/**
 * A lent key as the JDK's MAC wants it. {@code SecretKeySpec} would leave a copy that cannot be wiped; of this one the
 * MAC asks for a copy and wipes that itself. Not to be kept longer than the bytes are lent.
 */
final class MacKey implements SecretKey {

    /** What displaces a key from a MAC. */
    static final MacKey BLANK = new MacKey(new byte[SealingKey.BYTES]);

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient byte[] lent;

    MacKey(byte[] lent) {
        this.lent = lent;
    }

    @Override
    public String getAlgorithm() {
        return "HmacSHA256";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return lent.clone();
    }

    @Override
    public String toString() {
        return "MacKey";
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a key");
    }
}
