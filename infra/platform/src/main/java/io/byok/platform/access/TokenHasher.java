package io.byok.platform.access;

/**
 * A keyed hash of tokens: equal tokens give equal hashes, and nobody without the key can tell which token belongs to a
 * hash or make two tokens meet. Safe for use by many threads.
 */
@FunctionalInterface
public interface TokenHasher {

    /**
     * Hashes one token.
     *
     * @param token the whole token's ASCII bytes; neither kept nor changed
     * @return 32 bytes, the caller's own
     */
    byte[] hash(byte[] token);
}
