package io.byok.platform.seal;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The clear start of sealed bytes: {@code "BY" | format 1 | suite u16 | flags u8 | keyId 16 | keyVersion u32}.
 * Big-endian. Says which key to fetch; the seal itself proves that it says so truly.
 */
record SealedHeader(UUID keyId, int keyVersion) {

    static final int BYTES = 26;

    private static final short MAGIC = 'B' << 8 | 'Y';
    private static final byte FORMAT = 1;
    private static final byte NO_FLAGS = 0;

    /**
     * Reads the header and refuses everything this version does not know exactly. There is no fallback to another
     * suite: a reader that accepts weaker bytes makes the stronger suite worthless.
     *
     * @throws SealBroken for anything but suite 1 with room for its parts
     */
    static SealedHeader read(byte[] sealed) {
        if (sealed.length < Suite1.OVERHEAD) {
            throw new SealBroken();
        }
        ByteBuffer in = ByteBuffer.wrap(sealed, 0, BYTES);
        if (in.getShort() != MAGIC || in.get() != FORMAT || in.getShort() != Suite1.CODE || in.get() != NO_FLAGS) {
            throw new SealBroken();
        }
        SealedHeader header = new SealedHeader(new UUID(in.getLong(), in.getLong()), in.getInt());
        if (header.keyVersion < 1) {
            throw new SealBroken();
        }
        return header;
    }

    static void write(SealingKey key, byte[] sealed) {
        ByteBuffer.wrap(sealed, 0, BYTES)
                .putShort(MAGIC)
                .put(FORMAT)
                .putShort(Suite1.CODE)
                .put(NO_FLAGS)
                .putLong(key.id().getMostSignificantBits())
                .putLong(key.id().getLeastSignificantBits())
                .putInt(key.version());
    }

    boolean names(SealingKey key) {
        return keyId.equals(key.id()) && keyVersion == key.version();
    }
}
