package io.byok.command.hold.domain;

import io.byok.command.hold.domain.HoldCommand.Confirm;
import io.byok.command.hold.domain.HoldCommand.RequestHold;
import io.byok.command.hold.domain.HoldCommand.RequestLift;
import io.byok.command.hold.domain.HoldCommand.Withdraw;
import io.byok.kernel.Decider;
import io.byok.kernel.Rejection;
import io.byok.kernel.hold.HoldEvent;
import io.byok.kernel.hold.HoldEvent.LegalHoldLiftRequested;
import io.byok.kernel.hold.HoldEvent.LegalHoldLifted;
import io.byok.kernel.hold.HoldEvent.LegalHoldPlaced;
import io.byok.kernel.hold.HoldEvent.LegalHoldRequestWithdrawn;
import io.byok.kernel.hold.HoldEvent.LegalHoldRequested;
import java.util.List;

/** The rules of a legal hold. Nothing comes to be held, and nothing ceases to be, by the word of one alone. */
public final class HoldDecider implements Decider<HoldCommand, Hold, HoldEvent> {

    @Override
    public Hold initial() {
        return new Hold.Absent();
    }

    @Override
    public List<HoldEvent> decide(Hold state, HoldCommand command) {
        return switch (command) {
            case RequestHold request -> request(state, request);
            case RequestLift lift -> lift(state, lift);
            case Confirm confirm -> confirm(state, confirm);
            case Withdraw withdraw -> withdraw(state, withdraw);
        };
    }

    private static List<HoldEvent> request(Hold state, RequestHold request) {
        return switch (state) {
            case Hold.Absent _ ->
                List.of(new LegalHoldRequested(
                        request.hold(), request.scope(), request.reason(), request.actor(), request.at()));
            case Hold.Present _ -> List.of();
        };
    }

    private static List<HoldEvent> lift(Hold state, RequestLift lift) {
        return switch (state) {
            case Hold.Absent _ -> throw Rejection.of(HoldRefusal.NOT_FOUND);
            case Hold.Placed _ ->
                List.of(new LegalHoldLiftRequested(lift.hold(), lift.reason(), lift.actor(), lift.at()));
            case Hold.Requested _, Hold.LiftRequested _, Hold.Lifted _, Hold.Withdrawn _ ->
                throw Rejection.of(HoldRefusal.NOT_IN_FORCE);
        };
    }

    private static List<HoldEvent> confirm(Hold state, Confirm confirm) {
        return switch (state) {
            case Hold.Absent _ -> throw Rejection.of(HoldRefusal.NOT_FOUND);
            case Hold.Requested(Hold.Terms terms) -> {
                another(terms.by(), confirm);
                yield List.of(new LegalHoldPlaced(confirm.hold(), terms.scope(), confirm.actor(), confirm.at()));
            }
            case Hold.LiftRequested asked -> {
                another(asked.by(), confirm);
                yield List.of(new LegalHoldLifted(confirm.hold(), confirm.actor(), confirm.at()));
            }
            case Hold.Placed _, Hold.Lifted _, Hold.Withdrawn _ -> throw Rejection.of(HoldRefusal.NOTHING_ASKED);
        };
    }

    private static void another(String asked, Confirm confirm) {
        if (asked.equals(confirm.actor())) {
            throw Rejection.of(HoldRefusal.SAME_ACTOR);
        }
    }

    private static List<HoldEvent> withdraw(Hold state, Withdraw withdraw) {
        return switch (state) {
            case Hold.Absent _ -> throw Rejection.of(HoldRefusal.NOT_FOUND);
            case Hold.Requested _, Hold.LiftRequested _ ->
                List.of(new LegalHoldRequestWithdrawn(withdraw.hold(), withdraw.actor(), withdraw.at()));
            case Hold.Placed _, Hold.Lifted _, Hold.Withdrawn _ -> throw Rejection.of(HoldRefusal.NOTHING_ASKED);
        };
    }

    @Override
    public Hold evolve(Hold state, HoldEvent event) {
        return switch (event) {
            case LegalHoldRequested asked
            when state instanceof Hold.Absent ->
                new Hold.Requested(
                        new Hold.Terms(asked.hold(), asked.scope(), asked.reason(), asked.requestedBy(), asked.at()));
            case LegalHoldPlaced placed
            when state instanceof Hold.Requested(Hold.Terms terms) ->
                new Hold.Placed(terms, placed.confirmedBy(), placed.at());
            case LegalHoldLiftRequested asked
            when state instanceof Hold.Placed placed ->
                new Hold.LiftRequested(placed, asked.reason(), asked.requestedBy(), asked.at());
            case LegalHoldLifted lifted
            when state instanceof Hold.LiftRequested asked -> new Hold.Lifted(asked, lifted.confirmedBy(), lifted.at());
            case LegalHoldRequestWithdrawn withdrawn
            when state instanceof Hold.Requested(Hold.Terms terms) -> new Hold.Withdrawn(terms, withdrawn.at());
            case LegalHoldRequestWithdrawn _ when state instanceof Hold.LiftRequested asked -> asked.placed();
            case LegalHoldRequested _,
                    LegalHoldPlaced _,
                    LegalHoldLiftRequested _,
                    LegalHoldLifted _,
                    LegalHoldRequestWithdrawn _ ->
                throw new IllegalStateException(event.getClass().getSimpleName() + " cannot follow "
                        + state.getClass().getSimpleName());
        };
    }
}
