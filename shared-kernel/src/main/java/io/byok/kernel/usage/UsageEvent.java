package io.byok.kernel.usage;

import io.byok.kernel.DomainEvent;
import java.time.Instant;
import java.util.List;

/** What the application says it consumed with a user's keys. */
public sealed interface UsageEvent extends DomainEvent {

    /** Records of one end user that arrived together; none of them was known before. */
    record UsageReported(String userId, List<UsageRecord> records, Instant at) implements UsageEvent {

        public UsageReported {
            records = List.copyOf(records);
        }
    }
}
