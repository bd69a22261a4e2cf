package io.byok.query.audit.tree;

import io.byok.kernel.TenantId;
import io.byok.kernel.audit.Leaf;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent;
import io.byok.platform.audit.EventLeaf;
import io.byok.platform.audit.UseLeaf;
import io.byok.platform.event.Opened;
import io.byok.platform.event.SealedEvent;
import io.byok.query.feed.Batch;
import java.util.ArrayList;
import java.util.List;

/**
 * Which leaves an event makes: one for itself, whatever it is and whether or not it can still be read; and behind it one
 * for each use that it records.
 */
final class Leaves {

    private final MerkleHash hash;
    private final Blinds blinds;

    Leaves(MerkleHash hash, Blinds blinds) {
        this.hash = hash;
        this.blinds = blinds;
    }

    List<Leaf> of(Batch.Entry entry) {
        SealedEvent sealed = entry.opened().sealed();
        List<Leaf> leaves = new ArrayList<>();
        leaves.add(EventLeaf.of(entry.position(), sealed, hash));
        if (entry.opened() instanceof Opened.Clear clear
                && clear.envelope().event() instanceof UseEvent.UsesRecorded recorded) {
            int item = 1;
            for (Use use : recorded.uses()) {
                leaves.add(use(entry.position(), item++, sealed.tenant(), use));
            }
        }
        return leaves;
    }

    private Leaf use(long position, int item, TenantId tenant, Use use) {
        return UseLeaf.of(
                position, item, tenant, use, blinds.of(tenant, use.id().value()), hash);
    }
}
