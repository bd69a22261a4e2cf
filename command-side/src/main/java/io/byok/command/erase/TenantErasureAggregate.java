package io.byok.command.erase;

import io.byok.command.bus.Decided;
import io.byok.command.bus.Shell;
import io.byok.command.erase.domain.TenantErasure;
import io.byok.command.erase.domain.TenantErasureCommand;
import io.byok.command.erase.domain.TenantErasureDecider;
import io.byok.kernel.erase.TenantErasureEvent;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Axon's view of a tenant's erasure: loads, locks and appends around {@link TenantErasureDecider}. */
@AggregateRoot(type = "tenant-erasure")
public class TenantErasureAggregate {

    private static final TenantErasureDecider DECIDER = new TenantErasureDecider();

    @AggregateIdentifier
    private @Nullable String id;

    private TenantErasure state = DECIDER.initial();

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public Decided<TenantErasure> handle(
            TenantErasureCommand command, @MetaDataValue(Shell.EXPECTED_VERSION) @Nullable Long expectedVersion) {
        List<TenantErasureEvent> events = Shell.decide(DECIDER, state, command, expectedVersion);
        return Shell.decided(state, events);
    }

    @EventSourcingHandler
    public void on(TenantErasureEvent event) {
        id = event.erasure().text();
        state = DECIDER.evolve(state, event);
    }
}
