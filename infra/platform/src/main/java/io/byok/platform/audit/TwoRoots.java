package io.byok.platform.audit;

import io.byok.kernel.merkle.CompactRange;
import io.byok.kernel.merkle.MerkleHash;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tree over the leaves' bytes and, once they differ, the one over the hashes that the log has stored for them: which
 * of the two a signed root agrees with tells whether bytes or hash were changed, and the first difference tells where.
 */
final class TwoRoots {

    private final MerkleHash hash;
    private final CompactRange made;
    private @Nullable CompactRange stored;
    private long firstDifference = -1;
    private long provedTo;

    /** @param before roots of the perfect subtrees before the first leaf */
    TwoRoots(MerkleHash hash, long first, List<byte[]> before) {
        this.hash = hash;
        this.made = new CompactRange(hash, first, before);
        this.provedTo = first;
    }

    long size() {
        return made.size();
    }

    /**
     * Appends a leaf.
     *
     * @param leafHash made from its bytes
     * @param storedHash what the log has for it, absent when that is gone
     */
    void append(byte[] leafHash, byte @Nullable [] storedHash) {
        byte[] other = storedHash == null ? new byte[0] : storedHash;
        if (stored == null && !Arrays.equals(leafHash, other)) {
            firstDifference = made.size();
            stored = new CompactRange(hash, made.size(), made.edge());
        }
        made.append(leafHash);
        if (stored != null) {
            stored.append(other);
        }
    }

    /** A leaf of which only the hash is left: nothing is made, so nothing can differ but the root. */
    void appendHash(byte[] leafHash) {
        append(0, leafHash);
    }

    void append(int level, byte[] root) {
        made.append(level, root);
        if (stored != null) {
            stored.append(level, root);
        }
    }

    byte[] root() {
        return made.root();
    }

    /** What to say when the next leaf is not there: that, or that something was wrong before. */
    Unproved missing() {
        return stored == null
                ? Unproved.leaf(made.size(), "it is missing")
                : Unproved.leaf(firstDifference, "its bytes do not have the hash that the log has stored for it");
    }

    /** @throws Unproved when this is not the root of what came so far */
    void mustBe(byte[] root, String whose) {
        boolean madeIs = Arrays.equals(made.root(), root);
        if (madeIs && stored == null) {
            provedTo = made.size();
            return;
        }
        if (madeIs) {
            throw Unproved.leaf(firstDifference, "the hash that the log has stored for it is not the signed one's");
        }
        if (stored != null && Arrays.equals(stored.root(), root)) {
            throw Unproved.leaf(firstDifference, "its bytes are not those that were signed");
        }
        if (stored != null) {
            throw Unproved.leaf(firstDifference, "its bytes do not have the hash that the log has stored for it");
        }
        throw Unproved.because("the leaves from " + provedTo + " to " + (made.size() - 1) + " are not those of " + whose
                + ": one of them was changed together with its hash, or what lies beside them was");
    }
}
