package io.byok.command.hold.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.byok.command.hold.domain.HoldCommand.Confirm;
import io.byok.command.hold.domain.HoldCommand.RequestHold;
import io.byok.command.hold.domain.HoldCommand.RequestLift;
import io.byok.command.hold.domain.HoldCommand.Withdraw;
import io.byok.kernel.HoldId;
import io.byok.kernel.Rejection;
import io.byok.kernel.hold.HeldScope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HoldDeciderTest {

    private static final HoldId HOLD = new HoldId(new UUID(1, 2));
    private static final Instant AT = Instant.parse("2026-11-23T01:00:00Z");
    private static final HoldCommand ASK =
            new RequestHold(HOLD, new HeldScope(null, null, null), "case 17", "tok_one", AT);

    private final HoldDecider decider = new HoldDecider();

    private Hold after(HoldCommand... commands) {
        Hold state = decider.initial();
        for (HoldCommand command : commands) {
            for (var event : decider.decide(state, command)) {
                state = decider.evolve(state, event);
            }
        }
        return state;
    }

    private static HoldCommand confirm(String actor) {
        return new Confirm(HOLD, actor, AT);
    }

    private static HoldCommand lift(String actor) {
        return new RequestLift(HOLD, "over", actor, AT);
    }

    private static HoldCommand withdraw(String actor) {
        return new Withdraw(HOLD, actor, AT);
    }

    private void refused(String code, HoldCommand... commands) {
        assertThatThrownBy(() -> after(commands))
                .asInstanceOf(type(Rejection.class))
                .extracting(no -> no.refusal().code())
                .isEqualTo(code);
    }

    @Test
    void two_place_a_hold_and_two_lift_it() {
        assertThat(after(ASK)).isInstanceOf(Hold.Requested.class);
        assertThat(after(ASK, confirm("tok_two"))).isInstanceOf(Hold.Placed.class);
        assertThat(after(ASK, confirm("tok_two"), lift("tok_two"))).isInstanceOf(Hold.LiftRequested.class);
        assertThat(after(ASK, confirm("tok_two"), lift("tok_two"), confirm("tok_one")))
                .isInstanceOf(Hold.Lifted.class);
    }

    @Test
    void nobody_confirms_what_they_asked_for() {
        refused("hold-same-actor", ASK, confirm("tok_one"));
        refused("hold-same-actor", ASK, confirm("tok_two"), lift("tok_one"), confirm("tok_one"));
    }

    @Test
    void a_request_that_is_withdrawn_leaves_everything_as_it_was() {
        assertThat(after(ASK, withdraw("tok_one"))).isInstanceOf(Hold.Withdrawn.class);
        assertThat(after(ASK, confirm("tok_two"), lift("tok_one"), withdraw("tok_two")))
                .isEqualTo(after(ASK, confirm("tok_two")));
        refused(
                "hold-nothing-asked",
                ASK,
                confirm("tok_two"),
                lift("tok_one"),
                withdraw("tok_one"),
                confirm("tok_two"));
    }

    @Test
    void what_does_not_hold_cannot_be_lifted() {
        refused("hold-not-in-force", ASK, lift("tok_two"));
        refused("hold-not-in-force", ASK, withdraw("tok_one"), lift("tok_two"));
        for (HoldCommand command : List.of(lift("tok_one"), confirm("tok_one"), withdraw("tok_one"))) {
            refused("hold-not-found", command);
        }
    }
}
