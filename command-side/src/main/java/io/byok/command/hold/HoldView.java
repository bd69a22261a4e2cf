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
 * @param placedBy the other one, that agreed
 * @param liftReason why its end was asked for, while that waits and afterwards
 * @param liftRequestedBy the token that asked for its end
 * @param liftedBy the other one, that agreed
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
        @Nullable String placedBy,
        @Nullable Instant placedAt,
        @Nullable String liftReason,
        @Nullable String liftRequestedBy,
        @Nullable String liftedBy,
        @Nullable Instant liftedAt) {

    static HoldView of(Hold.Present hold) {
        Hold.Terms terms = hold.terms();
        Hold.Placed placed = placed(hold);
        Hold.LiftRequested lift = lift(hold);
        return new HoldView(
                terms.id(),
                HoldStatus.of(hold).word(),
                terms.scope().subject(),
                terms.scope().from(),
                terms.scope().to(),
                terms.reason(),
                terms.by(),
                terms.at(),
                placed == null ? null : placed.confirmedBy(),
                placed == null ? null : placed.at(),
                lift == null ? null : lift.reason(),
                lift == null ? null : lift.by(),
                hold instanceof Hold.Lifted lifted ? lifted.confirmedBy() : null,
                hold instanceof Hold.Lifted lifted ? lifted.at() : null);
    }

    private static Hold.@Nullable Placed placed(Hold.Present hold) {
        return switch (hold) {
            case Hold.Requested _, Hold.Withdrawn _ -> null;
            case Hold.Placed placed -> placed;
            case Hold.LiftRequested asked -> asked.placed();
            case Hold.Lifted lifted -> lifted.asked().placed();
        };
    }

    private static Hold.@Nullable LiftRequested lift(Hold.Present hold) {
        return switch (hold) {
            case Hold.Requested _, Hold.Withdrawn _, Hold.Placed _ -> null;
            case Hold.LiftRequested asked -> asked;
            case Hold.Lifted lifted -> lifted.asked();
        };
    }
}
