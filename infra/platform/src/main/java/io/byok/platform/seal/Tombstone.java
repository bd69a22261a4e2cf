package io.byok.platform.seal;

import java.time.Instant;
import java.util.HexFormat;

/**
 * A key that was destroyed on purpose.
 *
 * @param ref what the key was called
 * @param wrapHash SHA-256 of the wrap that was deleted, 64 hex digits: proves to who kept a copy that it was this one
 * @param legalBasis why it had to be
 */
public record Tombstone(DataKeyRef ref, String wrapHash, String legalBasis, Instant at) {

    /** Of a key that is about to be destroyed. */
    public static Tombstone of(DataKeyRef ref, byte[] wrapped, String legalBasis, Instant at) {
        return new Tombstone(ref, hash(wrapped), legalBasis, at);
    }

    static String hash(byte[] wrapped) {
        return HexFormat.of().formatHex(Primitives.lend(primitives -> primitives.sha256.digest(wrapped)));
    }
}
