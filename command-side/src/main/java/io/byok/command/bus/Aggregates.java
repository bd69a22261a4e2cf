package io.byok.command.bus;

import io.byok.command.store.EventMetadata;
import io.byok.command.store.StreamNames;
import io.byok.kernel.StreamId;
import java.util.List;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/** Subscribes aggregate shells to the bus, all in the same way. */
final class Aggregates {

    private final CommandBus bus;
    private final EventStore events;
    private final CommandTargetResolver target;

    @SuppressWarnings("NullAway") // Axon means null when it says "any version", and does not say so in its types
    Aggregates(CommandBus bus, EventStore events, StreamNames names) {
        this.bus = bus;
        this.events = events;
        // The versions are checked by Shell, which also refuses a version that lies in the future.
        this.target = message -> new VersionedAggregateIdentifier(
                names.text((StreamId) message.getMetaData().get(Commands.TARGET)), null);
    }

    /** What a command's metadata leaves on its events. */
    static List<CorrelationDataProvider> correlation() {
        return List.of(new SimpleCorrelationDataProvider(
                EventMetadata.TENANT, EventMetadata.SUBJECT, EventMetadata.ACTOR, EventMetadata.REQUEST_ID));
    }

    <A> void subscribe(Class<A> shell) {
        EventSourcingRepository<A> repository =
                EventSourcingRepository.builder(shell).eventStore(events).build();
        AggregateAnnotationCommandHandler.<A>builder()
                .aggregateType(shell)
                .repository(repository)
                .commandTargetResolver(target)
                .build()
                .subscribe(bus);
    }
}
