package io.byok.kernel.audit;

import io.byok.kernel.merkle.MerkleHash;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a use in words that a caller chose: they stand in no leaf, but a leaf commits to them. Who is given the
 * words and the blind can check that they are the ones; who has only the leaf can test no guess.
 *
 * @param purpose why, in the caller's words
 */
public record Words(
        String purpose, @Nullable String model, @Nullable String requestId) {

    /**
     * SHA-256 over the blind and the words.
     *
     * @param blind 32 bytes that nobody can guess
     */
    public byte[] commitment(byte[] blind, MerkleHash hash) {
        return hash.sha256(new LeafFields.Writer(Leaf.VERSION, 'w')
                .bytes(blind)
                .text(purpose)
                .optional(model)
                .optional(requestId)
                .done());
    }
}
