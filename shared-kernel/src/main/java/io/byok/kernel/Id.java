package io.byok.kernel;

import java.util.UUID;

/**
 * A random, time-ordered identifier (UUIDv7, RFC 9562) that knows what it names. In text it is a prefix and 26
 * characters of lower-case Crockford base32, as in {@code key_01jzc8q3v5e9rb2m4n6p8s0t1w}.
 */
public interface Id {

    UUID value();

    /** The word before the underscore. */
    String prefix();

    /** The text form. */
    default String text() {
        return prefix() + "_" + Base32Id.encode(value());
    }
}
