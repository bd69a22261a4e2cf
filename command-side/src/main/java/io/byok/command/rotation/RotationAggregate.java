package io.byok.command.rotation;

import io.byok.command.bus.Decided;
import io.byok.command.bus.Shell;
import io.byok.command.rotation.domain.Rotation;
import io.byok.command.rotation.domain.RotationCommand;
import io.byok.command.rotation.domain.RotationDecider;
import io.byok.kernel.rotation.RotationEvent;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Axon's view of a rotation: loads, locks and appends around {@link RotationDecider}. */
@AggregateRoot(type = "rotation")
public class RotationAggregate {

    private static final RotationDecider DECIDER = new RotationDecider();

    @AggregateIdentifier
    private @Nullable String id;

    private Rotation state = DECIDER.initial();

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public Decided<Rotation> handle(
            RotationCommand command, @MetaDataValue(Shell.EXPECTED_VERSION) @Nullable Long expectedVersion) {
        List<RotationEvent> events = Shell.decide(DECIDER, state, command, expectedVersion);
        return Shell.decided(state, events);
    }

    @EventSourcingHandler
    public void on(RotationEvent event) {
        id = event.rotation().text();
        state = DECIDER.evolve(state, event);
    }
}
