package io.byok.command.retention;

import io.byok.command.bus.Decided;
import io.byok.command.bus.Shell;
import io.byok.command.retention.domain.Retention;
import io.byok.command.retention.domain.RetentionCommand;
import io.byok.command.retention.domain.RetentionDecider;
import io.byok.kernel.retention.RetentionEvent;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Axon's view of a tenant's retention: loads, locks and appends around {@link RetentionDecider}. */
@AggregateRoot(type = "retention")
public class RetentionAggregate {

    private static final RetentionDecider DECIDER = new RetentionDecider();

    @AggregateIdentifier
    private @Nullable String id;

    private Retention state = DECIDER.initial();

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public Decided<Retention> handle(
            RetentionCommand command, @MetaDataValue(Shell.EXPECTED_VERSION) @Nullable Long expectedVersion) {
        List<RetentionEvent> events = Shell.decide(DECIDER, state, command, expectedVersion);
        return Shell.decided(state, events);
    }

    @EventSourcingHandler
    public void on(RetentionEvent event) {
        id = event.retention().text();
        state = DECIDER.evolve(state, event);
    }
}
