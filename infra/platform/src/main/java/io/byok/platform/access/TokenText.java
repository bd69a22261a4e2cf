package io.byok.platform.access;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of an API token: {@code byok_<env>_<random><checksum>}. The random part is 256 bits as 43 base62 characters;
 * the checksum is the CRC-32 of everything before it as 6 base62 characters, so that scanners find leaked tokens without
 * asking anybody and a mistyped token costs no lookup. The checksum is no proof of anything. Tokens are handled as
 * ASCII bytes, which their owner can wipe.
 */
public final class TokenText {

    /** Bytes of randomness in a token. */
    public static final int RANDOM_BYTES = 32;

    private static final byte[] BASE62 =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern ENVIRONMENT = Pattern.compile("[a-z]{2,16}");
    private static final byte[] PREFIX = "byok_".getBytes(StandardCharsets.US_ASCII);
    private static final int RANDOM_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;
    private static final int SHOWN = 4;

    private TokenText() {}

    /**
     * Makes a token.
     *
     * @param environment 2 to 16 lower-case letters, such as {@code live}
     * @param random {@link #RANDOM_BYTES} fresh bytes of a strong generator; wiped
     */
    public static byte[] make(String environment, byte[] random) {
        if (!ENVIRONMENT.matcher(environment).matches() || random.length != RANDOM_BYTES) {
            throw new IllegalArgumentException("a token needs a word of 2 to 16 letters and 32 random bytes");
        }
        byte[] word = environment.getBytes(StandardCharsets.US_ASCII);
        int head = PREFIX.length + word.length + 1;
        byte[] token = new byte[head + RANDOM_LENGTH + CHECKSUM_LENGTH];
        System.arraycopy(PREFIX, 0, token, 0, PREFIX.length);
        System.arraycopy(word, 0, token, PREFIX.length, word.length);
        token[head - 1] = '_';
        base62(random, token, head);
        writeChecksum(token, token, token.length - CHECKSUM_LENGTH);
        return token;
    }

    /**
     * Reads what a caller presents as a token.
     *
     * @return its ASCII bytes, or empty when it cannot be a token: wrong form or wrong checksum
     */
    public static Optional<byte[]> parse(CharSequence presented) {
        int length = presented.length();
        if (length > PREFIX.length + 17 + RANDOM_LENGTH + CHECKSUM_LENGTH) {
            return Optional.empty();
        }
        byte[] token = new byte[length];
        for (int i = 0; i < length; i++) {
            char c = presented.charAt(i);
            token[i] = c < 128 ? (byte) c : 0;
        }
        return isWellFormed(token) ? Optional.of(token) : Optional.empty();
    }

    /** Whether the bytes have a token's form and checksum; says nothing about whether it opens anything. */
    public static boolean isWellFormed(byte[] token) {
        int head = token.length - RANDOM_LENGTH - CHECKSUM_LENGTH;
        int word = head - PREFIX.length - 1;
        if (word < 2 || word > 16 || !Arrays.equals(token, 0, PREFIX.length, PREFIX, 0, PREFIX.length)) {
            return false;
        }
        for (int i = PREFIX.length; i < head - 1; i++) {
            if (token[i] < 'a' || token[i] > 'z') {
                return false;
            }
        }
        for (int i = head; i < token.length; i++) {
            if (Arrays.binarySearch(BASE62, token[i]) < 0) {
                return false;
            }
        }
        byte[] checksum = new byte[CHECKSUM_LENGTH];
        writeChecksum(token, checksum, 0);
        return token[head - 1] == '_'
                && Arrays.equals(token, token.length - CHECKSUM_LENGTH, token.length, checksum, 0, CHECKSUM_LENGTH);
    }

    /** What people see of a token, such as {@code byok_live_...9fQ2}; its last four characters are checksum only. */
    public static String mask(byte[] token) {
        if (!isWellFormed(token)) {
            throw new IllegalArgumentException("not a token");
        }
        int head = token.length - RANDOM_LENGTH - CHECKSUM_LENGTH;
        return new String(token, 0, head, StandardCharsets.US_ASCII)
                + "..."
                + new String(token, token.length - SHOWN, SHOWN, StandardCharsets.US_ASCII);
    }

    /** Long division in place, so that no copy of the secret is left on the heap; fixed length, one text per value. */
    private static void base62(byte[] number, byte[] to, int at) {
        for (int i = at + RANDOM_LENGTH - 1; i >= at; i--) {
            int remainder = 0;
            for (int j = 0; j < number.length; j++) {
                int digit = (remainder << 8) | (number[j] & 255);
                number[j] = (byte) (digit / BASE62.length);
                remainder = digit % BASE62.length;
            }
            to[i] = BASE62[remainder];
        }
    }

    private static void writeChecksum(byte[] token, byte[] to, int at) {
        CRC32 crc = new CRC32();
        crc.update(token, 0, token.length - CHECKSUM_LENGTH);
        long rest = crc.getValue();
        for (int i = at + CHECKSUM_LENGTH - 1; i >= at; i--) {
            to[i] = BASE62[(int) (rest % BASE62.length)];
            rest /= BASE62.length;
        }
    }
}
