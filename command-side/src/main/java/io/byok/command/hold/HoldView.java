package io.byok.command.hold;

import io.byok.command.hold.domain.Hold;
import io.byok.kernel.HoldId;
import io.byok.kernel.SubjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A legal hold as the API shows it.
 *
 * @param status {@code requested}: waits for a second word; {@code placed}: holds; {@code lift-requested}: holds, and waits
 *     for a second word; {@code lifted}; {@code withdrawn}
 * @param subject the end user's random id; absent when it holds for everybody
 * @param from protects what happened then or later; absent for from the beginning
 * @param to protects what happened before; absent for to the end
 * @param requestedBy the token that asked for it
 * @param liftRequestedBy the token that asked for its end, while that waits
 */
public record HoldView(
        HoldId id,
        String status,
        @Nullable SubjectId subject,
        @Nullable Instant from,
        @Nullable Instant to,
        String reason,
        String requestedBy,
        Instant requestedAt,
        @Nullable Instant placedAt,
        @Nullable String liftRequestedBy,
        @Nullable Instant liftedAt) {

    static HoldView of(Hold.Present hold) {
        Hold.Terms terms = hold.terms();
        return new HoldView(
                terms.id(),
                HoldStatus.of(hold).word(),
                terms.scope().subject(),
                terms.scope().from(),
                terms.scope().to(),
                terms.reason(),
                terms.by(),
                terms.at(),
                placedAt(hold),
                hold instanceof Hold.LiftRequested asked ? asked.by() : null,
                hold instanceof Hold.Lifted lifted ? lifted.at() : null);
    }

    private static @Nullable Instant placedAt(Hold.Present hold) {
        return switch (hold) {
            case Hold.Requested _, Hold.Withdrawn _ -> null;
            case Hold.Placed placed -> placed.at();
            case Hold.LiftRequested asked -> asked.placed().at();
            case Hold.Lifted lifted -> lifted.placedAt();
        };
    }
}
