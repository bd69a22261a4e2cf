package io.byok.command.access;

import io.byok.command.access.domain.ApiToken;
import io.byok.command.access.domain.ApiTokenCommand;
import io.byok.command.access.domain.ApiTokenDecider;
import io.byok.command.bus.Decided;
import io.byok.command.bus.Shell;
import io.byok.kernel.access.AccessEvent;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Axon's view of an API token: loads, locks and appends around {@link ApiTokenDecider}. */
@AggregateRoot(type = "api-token")
public class ApiTokenAggregate {

    private static final ApiTokenDecider DECIDER = new ApiTokenDecider();

    @AggregateIdentifier
    private @Nullable String id;

    private ApiToken state = DECIDER.initial();

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public Decided<ApiToken> handle(
            ApiTokenCommand command, @MetaDataValue(Shell.EXPECTED_VERSION) @Nullable Long expectedVersion) {
        List<AccessEvent> events = Shell.decide(DECIDER, state, command, expectedVersion);
        return Shell.decided(state, events);
    }

    @EventSourcingHandler
    public void on(AccessEvent event) {
        id = event.token().text();
        state = DECIDER.evolve(state, event);
    }
}
