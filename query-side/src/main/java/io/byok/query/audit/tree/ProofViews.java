package io.byok.query.audit.tree;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is shown of a log. Hashes and bytes are base64 (RFC 4648, with padding). */
final class ProofViews {

    private ProofViews() {}

    /**
     * A signed state.
     *
     * @param size leaves
     * @param note C2SP tlog-checkpoint, with the cosignatures of the witnesses that have answered by now
     */
    record CheckpointView(String origin, long size, String rootHash, Instant signedAt, String note) {}

    /**
     * That a leaf is in the log.
     *
     * @param index from 0
     * @param size of the tree that it is proved for
     * @param rootHash of that tree
     * @param leaf canonical bytes
     * @param hashes the audit path of RFC 6962, from the leaf to the root
     */
    record InclusionView(long index, long size, String rootHash, String leaf, String leafHash, List<String> hashes) {}

    /** That one state continues another. @param hashes the proof of RFC 6962 */
    record ConsistencyView(long from, String fromRootHash, long to, String toRootHash, List<String> hashes) {}

    /** A tile. @param hashes 32 bytes for each of them, up to 256, from left to right */
    record TileView(int level, long index, int width, String hashes) {}

    /**
     * Who signs the log.
     *
     * @param key a C2SP signed-note verifier key
     * @param mlDsaKey one of the type 6 (ML-DSA-44) for the second signature; absent when there is none
     */
    record SigningKeyView(
            String origin, String key, @Nullable String mlDsaKey) {}
}
