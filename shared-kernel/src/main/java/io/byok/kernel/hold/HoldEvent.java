package io.byok.kernel.hold;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.HoldId;
import java.time.Instant;

/**
 * How a legal hold was placed and lifted, each by two. Sealed under the tenant's own key; the end user stands in it by the
 * random id only.
 */
public sealed interface HoldEvent extends DomainEvent {

    HoldId hold();

    /** Somebody wants it; nothing is held yet. */
    record LegalHoldRequested(HoldId hold, HeldScope scope, String reason, String requestedBy, Instant at)
            implements HoldEvent {}

    /** Somebody else agreed: from now on nothing in its scope is pruned or erased. */
    record LegalHoldPlaced(HoldId hold, HeldScope scope, String confirmedBy, Instant at) implements HoldEvent {}

    /** Somebody wants it lifted; it still holds. */
    record LegalHoldLiftRequested(HoldId hold, String reason, String requestedBy, Instant at) implements HoldEvent {}

    /** Somebody else agreed: it holds nothing any more. */
    record LegalHoldLifted(HoldId hold, String confirmedBy, Instant at) implements HoldEvent {}

    /** What was wanted last, placing or lifting, is not wanted any more. */
    record LegalHoldRequestWithdrawn(HoldId hold, String withdrawnBy, Instant at) implements HoldEvent {}
}
