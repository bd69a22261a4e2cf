package io.byok.platform.access;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The keyed hash of a whole token. Compared in constant time; prints nothing. */
public final class TokenHash {

    private static final int LENGTH = 32;

    private final byte[] bytes;

    /** Takes the array over. */
    public TokenHash(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a token's hash has " + LENGTH + " bytes, not " + bytes.length);
        }
        this.bytes = bytes;
    }

    /** A copy, as it stands in {@code access.api_token}. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenHash hash && MessageDigest.isEqual(bytes, hash.bytes);
    }

    /** The first four bytes: a keyed hash is as good as random, and nobody outside can choose it. */
    @Override
    public int hashCode() {
        return ByteBuffer.wrap(bytes).getInt();
    }

    @Override
    public String toString() {
        return "TokenHash";
    }
}
