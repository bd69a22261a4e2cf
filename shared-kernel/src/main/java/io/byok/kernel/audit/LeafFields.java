package io.byok.kernel.audit;

import java.nio.ByteBuffer;
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
    private static final int UUID_LENGTH = 16;

    private LeafFields() {}

    /** Writes in the order of the calls. */
    static final class Writer {

        private ByteBuffer bytes = ByteBuffer.allocate(384);

        Writer(int version, int kind) {
            bytes.put((byte) version).put((byte) kind);
        }

        private ByteBuffer field(int length) {
            int more = Integer.BYTES + Math.max(length, 0);
            if (more > bytes.remaining()) {
                int used = bytes.position();
                bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), Math.max(2 * used, used + more)))
                        .position(used);
            }
            return bytes.putInt(length);
        }

        Writer bytes(byte[] value) {
            field(value.length).put(value);
            return this;
        }

        Writer uuid(@Nullable UUID value) {
            if (value == null) {
                field(ABSENT);
            } else {
                field(UUID_LENGTH).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
            }
            return this;
        }

        Writer optional(@Nullable String value) {
            return value == null ? uuid(null) : text(value);
        }

        Writer number(long value) {
            field(Long.BYTES).putLong(value);
            return this;
        }

        Writer text(String value) {
            return bytes(value.getBytes(StandardCharsets.UTF_8));
        }

        Writer time(Instant value) {
            return number(ChronoUnit.MICROS.between(Instant.EPOCH, value));
        }

        byte[] done() {
            return Arrays.copyOf(bytes.array(), bytes.position());
        }
    }

    /** Reads what the writer wrote; anything else is refused with {@link IllegalArgumentException}. */
    static final class Reader {

        private final ByteBuffer bytes;

        Reader(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        private int length() {
            if (bytes.remaining() < Integer.BYTES) {
                throw new IllegalArgumentException("a field is cut off");
            }
            int length = bytes.getInt();
            if (length < ABSENT || length > bytes.remaining()) {
                throw new IllegalArgumentException("a field is longer than the leaf");
            }
            return length;
        }

        private void length(int wanted) {
            must(length(), wanted);
        }

        private static void must(int length, int wanted) {
            if (length != wanted) {
                throw new IllegalArgumentException("a field has not " + wanted + " bytes");
            }
        }

        byte[] bytes(int wanted) {
            length(wanted);
            byte[] value = new byte[wanted];
            bytes.get(value);
            return value;
        }

        UUID uuid() {
            length(UUID_LENGTH);
            return new UUID(bytes.getLong(), bytes.getLong());
        }

        @Nullable
        UUID optionalUuid() {
            int length = length();
            if (length == ABSENT) {
                return null;
            }
            must(length, UUID_LENGTH);
            return new UUID(bytes.getLong(), bytes.getLong());
        }

        long number() {
            length(Long.BYTES);
            return bytes.getLong();
        }

        int small() {
            long value = number();
            if (value < 0 || value > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a number is out of its range");
            }
            return (int) value;
        }

        String text() {
            int length = length();
            if (length == ABSENT) {
                throw new IllegalArgumentException("a text is absent");
            }
            int begin = bytes.position();
            bytes.position(begin + length);
            return isAscii(begin, begin + length)
                    ? new String(bytes.array(), bytes.arrayOffset() + begin, length, StandardCharsets.ISO_8859_1)
                    : decoded(bytes.duplicate().position(begin).limit(begin + length));
        }

        // Nearly every text is, and the decoder that refuses what is no UTF-8 costs more than the rest of the leaf.
        private boolean isAscii(int begin, int end) {
            for (int at = begin; at < end; at++) {
                if (bytes.get(at) < 0) {
                    return false;
                }
            }
            return true;
        }

        private static String decoded(ByteBuffer text) {
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
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
