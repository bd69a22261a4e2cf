package io.byok.command.chain;

import io.byok.command.bus.Decided;
import io.byok.command.bus.Shell;
import io.byok.command.chain.domain.Chain;
import io.byok.command.chain.domain.ChainCommand;
import io.byok.command.chain.domain.ChainDecider;
import io.byok.kernel.chain.ChainEvent;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Axon's view of a chain: loads, locks and appends around {@link ChainDecider}. */
@AggregateRoot(type = "chain")
public class ChainAggregate {

    private static final ChainDecider DECIDER = new ChainDecider();

    @AggregateIdentifier
    private @Nullable String id;

    private Chain state = DECIDER.initial();

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public Decided<Chain> handle(
            ChainCommand command, @MetaDataValue(Shell.EXPECTED_VERSION) @Nullable Long expectedVersion) {
        List<ChainEvent> events = Shell.decide(DECIDER, state, command, expectedVersion);
        return Shell.decided(state, events);
    }

    @EventSourcingHandler
    public void on(ChainEvent event) {
        id = event.chain().text();
        state = DECIDER.evolve(state, event);
    }
}
