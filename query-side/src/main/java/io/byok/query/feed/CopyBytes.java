package io.byok.query.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/** Rows in the binary form of COPY, as PostgreSQL's manual describes it. Grows as needed; confined to one thread. */
final class CopyBytes {

    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(ISO_8859_1);
    private static final long EPOCH_SECONDS =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();

    private ByteBuffer out = ByteBuffer.allocate(1 << 17);

    void begin() {
        room(SIGNATURE.length + 8);
        out.put(SIGNATURE).putInt(0).putInt(0);
    }

    void columns(int count) {
        room(2);
        out.putShort((short) count);
    }

    void end() {
        room(2);
        out.putShort((short) -1);
    }

    int size() {
        return out.position();
    }

    void sendTo(CopyIn copy) throws SQLException {
        copy.writeToCopy(out.array(), 0, out.position());
        out.clear();
    }

    /** @throws IllegalArgumentException for a type that no read model has: a bug of ours */
    void value(@Nullable Object value) {
        switch (value) {
            case null -> number(-1);
            case UUID id -> {
                number(16);
                room(16);
                out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
            }
            case String text -> bytes(text.getBytes(UTF_8));
            case Long number -> wide(number);
            case Integer number -> {
                number(4);
                number(number);
            }
            case Short number -> {
                number(2);
                room(2);
                out.putShort(number);
            }
            case Boolean flag -> {
                number(1);
                room(1);
                out.put((byte) (flag ? 1 : 0));
            }
            case OffsetDateTime at ->
                wide((at.toEpochSecond() - EPOCH_SECONDS) * 1_000_000 + Math.floorDiv(at.getNano(), 1_000));
            case LocalDate day -> {
                number(4);
                number((int) (day.toEpochDay() - EPOCH_DAY));
            }
            case JSONB json -> {
                byte[] text = json.data().getBytes(UTF_8);
                number(text.length + 1);
                room(text.length + 1);
                out.put((byte) 1).put(text); // the version of the form
            }
            case byte[] raw -> bytes(raw);
            case BigDecimal decimal -> decimal(decimal);
            default -> throw new IllegalArgumentException("no binary form of " + value.getClass());
        }
    }

    private void wide(long value) {
        number(8);
        room(8);
        out.putLong(value);
    }

    private void bytes(byte[] value) {
        number(value.length);
        room(value.length);
        out.put(value);
    }

    private void number(int value) {
        room(4);
        out.putInt(value);
    }

    // Digits of base 10,000, the first of weight w worth digit x 10,000^w, and how many decimals are shown.
    private void decimal(BigDecimal value) {
        int scale = Math.max(0, value.scale());
        int groups = (scale + 3) / 4;
        String digits = value.abs().setScale(groups * 4).unscaledValue().toString();
        byte[] padded = ("0".repeat((4 - digits.length() % 4) % 4) + digits).getBytes(US_ASCII);
        short[] words = new short[padded.length / 4];
        for (int i = 0; i < padded.length; i++) {
            words[i / 4] = (short) (words[i / 4] * 10 + padded[i] - '0');
        }
        int from = 0;
        while (from < words.length && words[from] == 0) {
            from++;
        }
        int weight = words.length - groups - 1 - from;
        short[] significant = Arrays.copyOfRange(words, from, words.length);
        int count = significant.length;
        while (count > 0 && significant[count - 1] == 0) {
            count--;
        }
        number(8 + 2 * count);
        room(8 + 2 * count);
        out.putShort((short) count).putShort((short) (count == 0 ? 0 : weight));
        out.putShort((short) (value.signum() < 0 ? 0x4000 : 0)).putShort((short) scale);
        for (int i = 0; i < count; i++) {
            out.putShort(significant[i]);
        }
    }

    private void room(int bytes) {
        if (out.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(out.capacity() * 2, out.position() + bytes));
            larger.put(out.flip());
            out = larger;
        }
    }
}
