package io.byok.command.hold.domain;

import io.byok.kernel.HoldId;
import io.byok.kernel.hold.HeldScope;
import java.time.Instant;

/** What can be asked of a legal hold. Each says who asks: two must be different. */
public sealed interface HoldCommand {

    HoldId hold();

    /** The id of the token that asks. */
    String actor();

    Instant at();

    /** Hold this, once somebody else agrees. */
    record RequestHold(HoldId hold, HeldScope scope, String reason, String actor, Instant at) implements HoldCommand {}

    /** Hold it no longer, once somebody else agrees. */
    record RequestLift(HoldId hold, String reason, String actor, Instant at) implements HoldCommand {}

    /** Agree to what was asked last. */
    record Confirm(HoldId hold, String actor, Instant at) implements HoldCommand {}

    /** Take back what was asked last. */
    record Withdraw(HoldId hold, String actor, Instant at) implements HoldCommand {}
}
