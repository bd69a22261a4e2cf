package io.byok.kernel.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of RFC 6962 section 2.1: SHA-256, with a byte before that tells leaves from nodes. Confined to one thread. */
public final class MerkleHash {

    /** Bytes of every hash. */
    public static final int LENGTH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest sha256;

    public MerkleHash() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The root of a tree without leaves: SHA-256 of nothing. */
    public byte[] empty() {
        return sha256.digest();
    }

    /** @param leaf lent */
    public byte[] leaf(byte[] leaf) {
        sha256.update(LEAF);
        return sha256.digest(leaf);
    }

    public byte[] node(byte[] left, byte[] right) {
        sha256.update(NODE);
        sha256.update(left);
        return sha256.digest(right);
    }

    /** Plain SHA-256, for what a leaf says of bytes that it does not hold. */
    public byte[] sha256(byte[] bytes) {
        return sha256.digest(bytes);
    }
}
