package io.byok.command.hold.domain;

import io.byok.kernel.HoldId;
import io.byok.kernel.hold.HeldScope;
import java.time.Instant;

/** The states of a legal hold. */
public sealed interface Hold {

    /** Nobody asked for it. */
    record Absent() implements Hold {}

    /** A hold that was asked for. */
    sealed interface Present extends Hold {
        Terms terms();
    }

    /**
     * What is to be held, and why.
     *
     * @param by who asked for it
     */
    record Terms(HoldId id, HeldScope scope, String reason, String by, Instant at) {}

    /** Waits for somebody else to agree; holds nothing. */
    record Requested(Terms terms) implements Present {}

    /** It holds. */
    record Placed(Terms terms, String confirmedBy, Instant at) implements Present {}

    /** It holds, and waits for somebody else to agree to its end. */
    record LiftRequested(Placed placed, String reason, String by, Instant at) implements Present {
        @Override
        public Terms terms() {
            return placed.terms();
        }
    }

    /** It holds nothing any more. */
    record Lifted(LiftRequested asked, String confirmedBy, Instant at) implements Present {
        @Override
        public Terms terms() {
            return asked.terms();
        }
    }

    /** It never came to hold anything. */
    record Withdrawn(Terms terms, Instant at) implements Present {}
}
