package io.byok.command.erase;

import io.byok.command.bus.Decided;
import io.byok.command.bus.Shell;
import io.byok.command.erase.domain.Erasure;
import io.byok.command.erase.domain.ErasureCommand;
import io.byok.command.erase.domain.ErasureDecider;
import io.byok.kernel.erase.ErasureEvent;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Axon's view of an erasure: loads, locks and appends around {@link ErasureDecider}. */
@AggregateRoot(type = "erasure")
public class ErasureAggregate {

    private static final ErasureDecider DECIDER = new ErasureDecider();

    @AggregateIdentifier
    private @Nullable String id;

    private Erasure state = DECIDER.initial();

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public Decided<Erasure> handle(
            ErasureCommand command, @MetaDataValue(Shell.EXPECTED_VERSION) @Nullable Long expectedVersion) {
        List<ErasureEvent> events = Shell.decide(DECIDER, state, command, expectedVersion);
        return Shell.decided(state, events);
    }

    @EventSourcingHandler
    public void on(ErasureEvent event) {
        id = event.erasure().text();
        state = DECIDER.evolve(state, event);
    }
}
