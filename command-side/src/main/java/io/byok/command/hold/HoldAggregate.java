package io.byok.command.hold;

import io.byok.command.bus.Decided;
import io.byok.command.bus.Shell;
import io.byok.command.hold.domain.Hold;
import io.byok.command.hold.domain.HoldCommand;
import io.byok.command.hold.domain.HoldDecider;
import io.byok.kernel.hold.HoldEvent;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Axon's view of a legal hold: loads, locks and appends around {@link HoldDecider}. */
@AggregateRoot(type = "legal-hold")
public class HoldAggregate {

    private static final HoldDecider DECIDER = new HoldDecider();

    @AggregateIdentifier
    private @Nullable String id;

    private Hold state = DECIDER.initial();

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public Decided<Hold> handle(
            HoldCommand command, @MetaDataValue(Shell.EXPECTED_VERSION) @Nullable Long expectedVersion) {
        List<HoldEvent> events = Shell.decide(DECIDER, state, command, expectedVersion);
        return Shell.decided(state, events);
    }

    @EventSourcingHandler
    public void on(HoldEvent event) {
        id = event.hold().text();
        state = DECIDER.evolve(state, event);
    }
}
