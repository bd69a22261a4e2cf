package io.byok.command.tenant;

import io.byok.command.bus.Decided;
import io.byok.command.bus.Shell;
import io.byok.command.tenant.domain.Tenant;
import io.byok.command.tenant.domain.TenantCommand;
import io.byok.command.tenant.domain.TenantDecider;
import io.byok.kernel.tenant.TenantEvent;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Axon's view of a tenant: loads, locks and appends around {@link TenantDecider}. */
@AggregateRoot(type = "tenant")
public class TenantAggregate {

    private static final TenantDecider DECIDER = new TenantDecider();

    @AggregateIdentifier
    private @Nullable String id;

    private Tenant state = DECIDER.initial();

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public Decided<Tenant> handle(
            TenantCommand command, @MetaDataValue(Shell.EXPECTED_VERSION) @Nullable Long expectedVersion) {
        List<TenantEvent> events = Shell.decide(DECIDER, state, command, expectedVersion);
        return Shell.decided(state, events);
    }

    @EventSourcingHandler
    public void on(TenantEvent event) {
        id = event.tenant().text();
        state = DECIDER.evolve(state, event);
    }
}
