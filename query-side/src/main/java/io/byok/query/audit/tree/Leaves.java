package io.byok.query.audit.tree;

import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.audit.Leaf;
import io.byok.kernel.audit.Words;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent;
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
        leaves.add(event(entry.position(), sealed));
        if (entry.opened() instanceof Opened.Clear clear
                && clear.envelope().event() instanceof UseEvent.UsesRecorded recorded) {
            int item = 1;
            for (Use use : recorded.uses()) {
                leaves.add(use(entry.position(), item++, sealed.tenant(), use));
            }
        }
        return leaves;
    }

    private Leaf event(long position, SealedEvent sealed) {
        SubjectId subject = sealed.subject();
        return new Leaf.OfEvent(
                sealed.tenant().value(),
                position,
                sealed.eventId(),
                subject == null ? null : subject.value(),
                sealed.stream().type().code(),
                sealed.stream().value(),
                sealed.sequence(),
                sealed.name().code(),
                sealed.name().revision(),
                sealed.occurredAt(),
                hash.sha256(sealed.payload()));
    }

    private Leaf use(long position, int item, TenantId tenant, Use use) {
        byte[] blind = blinds.of(tenant, use.id().value());
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
}
