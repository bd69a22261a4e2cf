package io.byok.command.key;

import io.byok.command.bus.Decided;
import io.byok.command.bus.Shell;
import io.byok.command.key.domain.Key;
import io.byok.command.key.domain.KeyCommand;
import io.byok.command.key.domain.KeyDecider;
import io.byok.kernel.key.KeyEvent;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Axon's view of a key: loads, locks and appends around {@link KeyDecider}. */
@AggregateRoot(type = "key")
public class KeyAggregate {

    private static final KeyDecider DECIDER = new KeyDecider();

    @AggregateIdentifier
    private @Nullable String id;

    private Key state = DECIDER.initial();

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public Decided<Key> handle(
            KeyCommand command, @MetaDataValue(Shell.EXPECTED_VERSION) @Nullable Long expectedVersion) {
        List<KeyEvent> events = Shell.decide(DECIDER, state, command, expectedVersion);
        return Shell.decided(state, events);
    }

    @EventSourcingHandler
    public void on(KeyEvent event) {
        id = event.key().text();
        state = DECIDER.evolve(state, event);
    }
}
