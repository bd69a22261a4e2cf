package io.byok.kernel.retention;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.RetentionId;
import io.byok.kernel.erase.DestroyedKey;
import java.time.Instant;
import java.util.List;

/** For how long a tenant keeps records of uses, and which of them were let go. Sealed under the tenant's own key. */
public sealed interface RetentionEvent extends DomainEvent {

    RetentionId retention();

    /**
     * From a time on, years of uses are let go when they have ended so many days ago.
     *
     * @param appliesAt before it nothing is let go
     */
    record RetentionPolicySet(RetentionId retention, int days, Instant appliesAt, Instant at)
            implements RetentionEvent {}

    /** Nothing is let go any more. */
    record RetentionPolicyRemoved(RetentionId retention, Instant at) implements RetentionEvent {}

    /**
     * The records of uses of one calendar year (UTC) do not open any more. Their leaves' hashes stay.
     *
     * @param days of the policy by which it was
     * @param events how many segments of uses
     * @param uses how many uses in them
     * @param first position of the first segment, 0 when there was none
     * @param last position of the last segment, 0 when there was none
     * @param dataKeys the wrapped keys that were deleted
     */
    record AuditYearPruned(
            RetentionId retention,
            int year,
            int days,
            long events,
            long uses,
            long first,
            long last,
            List<DestroyedKey> dataKeys,
            Instant at)
            implements RetentionEvent {

        public AuditYearPruned {
            dataKeys = List.copyOf(dataKeys);
        }
    }
}
