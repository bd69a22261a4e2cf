package io.byok.platform.audit;

import io.byok.kernel.SubjectId;
import io.byok.kernel.audit.Leaf;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.platform.event.SealedEvent;

/** The leaf that an event makes: of what stands in the clear beside it, and the hash of the rest. No key is needed. */
public final class EventLeaf {

    private EventLeaf() {}

    /**
     * What the log holds for an event.
     *
     * @param position where it stands in the log, from 1
     */
    public static Leaf.OfEvent of(long position, SealedEvent sealed, MerkleHash hash) {
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
}
