package io.byok.kernel.audit;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fields of a leaf one after another, each with its length before it; four bytes of ones stand for an absent one. */
final class LeafFields {

    private static final int ABSENT = -1;

    private LeafFields() {}

    /** Writes in the order of the calls. */
    static final class Writer {

        private byte[] bytes = new byte[384];
        private int length;

        Writer(int version, int kind) {
            append(new byte[] {(byte) version, (byte) kind});
        }

        private void append(byte[] more) {
            if (more.length > bytes.length - length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more.length));
            }
            System.arraycopy(more, 0, bytes, length, more.length);
            length += more.length;
        }

        Writer bytes(byte @Nullable [] value) {
            append(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(value == null ? ABSENT : value.length)
                    .array());
            if (value != null) {
                append(value);
            }
            return this;
        }

        Writer uuid(@Nullable UUID value) {
            return bytes(
                    value == null
                            ? null
                            : ByteBuffer.allocate(16)
                                    .putLong(value.getMostSignificantBits())
                                    .putLong(value.getLeastSignificantBits())
                                    .array());
        }

        Writer number(long value) {
            return bytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        }

        Writer text(String value) {
            return bytes(value.getBytes(StandardCharsets.UTF_8));
        }

        Writer time(Instant value) {
            return number(ChronoUnit.MICROS.between(Instant.EPOCH, value));
        }

        byte[] done() {
            return Arrays.copyOf(bytes, length);
        }
    }

    /** Reads what the writer wrote; anything else is refused with {@link IllegalArgumentException}. */
    static final class Reader {

        private final ByteBuffer bytes;

        Reader(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        byte @Nullable [] optional() {
            if (bytes.remaining() < Integer.BYTES) {
                throw new IllegalArgumentException("a field is cut off");
            }
            int length = bytes.getInt();
            if (length == ABSENT) {
                return null;
            }
            if (length < 0 || length > bytes.remaining()) {
                throw new IllegalArgumentException("a field is longer than the leaf");
            }
            byte[] value = new byte[length];
            bytes.get(value);
            return value;
        }

        byte[] bytes(int length) {
            byte[] value = optional();
            if (value == null || value.length != length) {
                throw new IllegalArgumentException("a field has not " + length + " bytes");
            }
            return value;
        }

        UUID uuid() {
            ByteBuffer value = ByteBuffer.wrap(bytes(16));
            return new UUID(value.getLong(), value.getLong());
        }

        @Nullable
        UUID optionalUuid() {
            bytes.mark();
            if (optional() == null) {
                return null;
            }
            bytes.reset();
            return uuid();
        }

        long number() {
            return ByteBuffer.wrap(bytes(Long.BYTES)).getLong();
        }

        int small() {
            long value = number();
            if (value < 0 || value > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a number is out of its range");
            }
            return (int) value;
        }

        String text() {
            byte[] value = optional();
            if (value == null) {
                throw new IllegalArgumentException("a text is absent");
            }
            try {
                CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
                return text.toString();
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("a text is not UTF-8", e);
            }
        }

        Instant time() {
            return Instant.EPOCH.plus(number(), ChronoUnit.MICROS);
        }

        void end() {
            if (bytes.hasRemaining()) {
                throw new IllegalArgumentException("there are bytes behind the last field");
            }
        }
    }
}
