package io.byok.kernel;

import java.util.Optional;
import java.util.UUID;

/**
 * 128 bits as 26 characters of lower-case Crockford base32, most significant first, so that text order is value order.
 * Same layout as the TypeID specification 0.3.
 */
public final class Base32Id {

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 26;

    private Base32Id() {}

    /** The text of a value, always 26 characters. */
    public static String encode(UUID value) {
        char[] text = new char[LENGTH];
        long high = value.getMostSignificantBits();
        long low = value.getLeastSignificantBits();
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = ALPHABET.charAt((int) (low & 31));
            low = low >>> 5 | high << 59;
            high >>>= 5;
        }
        return new String(text);
    }

    /**
     * Reads the text form of an identifier with the given prefix.
     *
     * @return empty for anything but the canonical form: one value has exactly one text
     */
    public static Optional<UUID> parse(String prefix, String text) {
        int start = prefix.length() + 1;
        if (text.length() != start + LENGTH || !text.startsWith(prefix) || text.charAt(start - 1) != '_') {
            return Optional.empty();
        }
        if (text.charAt(start) > '7') {
            return Optional.empty(); // 26 characters hold 130 bits; the two highest must be zero
        }
        long high = 0;
        long low = 0;
        for (int i = start; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            high = high << 5 | low >>> 59;
            low = low << 5 | digit;
        }
        return Optional.of(new UUID(high, low));
    }
}
