package io.byok.platform.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Encodes fields so that two different lists never give the same bytes: the number of fields, then each field with its
 * length before it (u32, big-endian). Plain concatenation would let {@code "ab","c"} pass for {@code "a","bc"}.
 */
final class Fields {

    private Fields() {}

    static byte[] encode(byte[]... fields) {
        int length = Integer.BYTES;
        for (byte[] field : fields) {
            length += Integer.BYTES + field.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length).putInt(fields.length);
        for (byte[] field : fields) {
            out.putInt(field.length).put(field);
        }
        return out.array();
    }

    static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /** 16 bytes, or none at all for an absent id; the length tells them apart. */
    static byte[] id(@Nullable UUID value) {
        return value == null
                ? new byte[0]
                : ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(value.getMostSignificantBits())
                        .putLong(value.getLeastSignificantBits())
                        .array();
    }

    static byte[] u16(int value) {
        return ByteBuffer.allocate(Short.BYTES).putShort((short) value).array();
    }

    static byte[] u32(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    static byte[] u64(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
