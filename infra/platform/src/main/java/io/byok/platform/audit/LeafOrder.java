package io.byok.platform.audit;

import io.byok.kernel.TenantId;
import io.byok.kernel.audit.Leaf;
import io.byok.kernel.audit.Words;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.retention.RetentionEvent.AuditYearPruned;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import io.byok.platform.event.EventNames;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What leaves have to be beside having the right hash: of this log's tenant, in the order of events, with their words. In
 * the platform's log: events of any tenant, without a gap.
 */
final class LeafOrder {

    private static final short SEGMENT = EventNames.of(UsesRecorded.class).code();
    private static final short PRUNING = EventNames.of(AuditYearPruned.class).code();

    private final String origin;
    private final boolean platform;
    private final MerkleHash hash;
    private @Nullable Leaf before;
    private @Nullable UUID own;
    private long unknown;
    private long uses;
    private long words;
    private long pruned;
    private @Nullable Long uncovered;

    LeafOrder(String origin, MerkleHash hash) {
        this.origin = origin;
        this.platform = origin.endsWith("/platform");
        this.hash = hash;
    }

    /** @throws Unproved when the leaf cannot stand there */
    void next(long index, byte[] bytes, BundleLine line) {
        Leaf leaf;
        try {
            leaf = line.read();
        } catch (IllegalArgumentException e) {
            if (bytes.length > 0 && bytes[0] > Leaf.VERSION) {
                unknown++; // of a later version: its hash is proved, and more cannot be said
                return;
            }
            throw Unproved.leaf(index, String.valueOf(e.getMessage()));
        }
        if (platform ? leaf.item() != 0 : !isOwn(leaf)) {
            throw Unproved.leaf(index, "it is of another log");
        }
        if (platform && leaf.position() != index + 1) {
            throw Unproved.leaf(index, "position " + leaf.position() + " cannot be the leaf of this index");
        }
        Leaf last = before;
        if (last != null && !follows(last, leaf)) {
            throw Unproved.leaf(
                    index,
                    "position " + leaf.position() + "." + leaf.item() + " cannot follow position " + last.position()
                            + "." + last.item());
        }
        before = leaf;
        if (leaf instanceof Leaf.OfEvent event && event.name() == PRUNING) {
            uncovered = null;
        }
        if (leaf instanceof Leaf.OfUse use) {
            uses++;
            words(index, use, line);
        }
    }

    private boolean isOwn(Leaf leaf) {
        if (leaf.tenant().equals(own)) {
            return true;
        }
        if (own != null || !origin.endsWith("/" + new TenantId(leaf.tenant()).text())) {
            return false;
        }
        own = leaf.tenant();
        return true;
    }

    /** @throws Unproved when no use can have stood there */
    void pruned(long index) {
        boolean behindUses =
                before instanceof Leaf.OfEvent event && event.name() == SEGMENT || before == null && unknown == 0;
        if (!behindUses) {
            throw Unproved.leaf(index, "it is said to be pruned, and stands where no use can stand");
        }
        pruned++;
        uncovered = uncovered == null ? index : uncovered;
    }

    /** @throws Unproved when leaves are said to be pruned, and no event after them says that anything was */
    void end() {
        if (uncovered != null) {
            throw Unproved.leaf(
                    uncovered,
                    "it is said to be pruned, and no event after it says that a year was; export to the end of the log");
        }
    }

    private static boolean follows(Leaf last, Leaf leaf) {
        return leaf.item() == 0
                ? leaf.position() > last.position()
                : leaf.position() == last.position() && leaf.item() == last.item() + 1;
    }

    private void words(long index, Leaf.OfUse use, BundleLine line) {
        String purpose = line.optional("purpose");
        if (purpose == null) {
            return;
        }
        Words said = new Words(purpose, line.optional("model"), line.optional("requestId"));
        if (!Arrays.equals(said.commitment(line.bytes("blind"), hash), use.commitment())) {
            throw Unproved.leaf(index, "its words are not those that the leaf commits to");
        }
        words++;
    }

    long unknown() {
        return unknown;
    }

    long uses() {
        return uses;
    }

    long pruned() {
        return pruned;
    }

    long words() {
        return words;
    }
}
