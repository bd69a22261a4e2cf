package io.byok.platform.web;

import java.util.Optional;

/**
 * The name a caller gives a command so that repeating it has no second effect. Always 1 to 255 printable ASCII
 * characters (U+0020 to U+007E).
 */
public record IdempotencyKey(String text) {

    private static final int LONGEST = 255;

    public IdempotencyKey {
        if (!isUsable(text)) {
            throw new IllegalArgumentException("not an idempotency key");
        }
    }

    /** Empty for anything that cannot be a key. */
    public static Optional<IdempotencyKey> parse(String header) {
        return isUsable(header) ? Optional.of(new IdempotencyKey(header)) : Optional.empty();
    }

    private static boolean isUsable(String text) {
        return !text.isEmpty() && text.length() <= LONGEST && text.chars().allMatch(c -> c >= 0x20 && c <= 0x7e);
    }
}
