package io.byok.platform.audit;

import io.byok.kernel.TenantId;
import io.byok.kernel.audit.Leaf;
import io.byok.kernel.audit.Words;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.use.Use;
import io.byok.platform.seal.LookupHash;
import java.nio.ByteBuffer;
import java.util.UUID;

/** The leaf that one use of a secret makes. Both sides make it: one for the tree, one to keep its hash beyond its words. */
public final class UseLeaf {

    private UseLeaf() {}

    /**
     * What the log holds for a use.
     *
     * @param position of the event that records it, from 1
     * @param item the use within the event, from 1
     * @param blind of its words, 32 bytes; see {@link #blind}
     */
    public static Leaf.OfUse of(long position, int item, TenantId tenant, Use use, byte[] blind, MerkleHash hash) {
        return new Leaf.OfUse(
                tenant.value(),
                position,
                item,
                use.id().value(),
                use.key().value(),
                use.version(),
                use.subject().value(),
                use.provider(),
                use.environment(),
                use.source(),
                use.actor(),
                use.at(),
                new Words(use.purpose(), use.model(), use.requestId()).commitment(blind, hash));
    }

    /** What hides the words of a use in its leaf: from the tenant's look-up key, which lives as long as the tenant. */
    public static byte[] blind(LookupHash hash, TenantId tenant, UUID use) {
        return hash.hash(
                tenant,
                "audit-words",
                ByteBuffer.allocate(16)
                        .putLong(use.getMostSignificantBits())
                        .putLong(use.getLeastSignificantBits())
                        .array());
    }
}
