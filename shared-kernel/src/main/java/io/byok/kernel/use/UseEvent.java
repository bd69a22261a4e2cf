package io.byok.kernel.use;

import io.byok.kernel.DomainEvent;
import java.time.Instant;
import java.util.List;

/** Uses of secrets, recorded before the secret leaves. */
public sealed interface UseEvent extends DomainEvent {

    /** A segment of uses that became durable in one commit, in the order in which they were admitted. */
    record UsesRecorded(List<Use> uses, Instant at) implements UseEvent {

        public UsesRecorded {
            uses = List.copyOf(uses);
        }
    }
}
