package io.byok.command.subject;

import io.byok.command.bus.Decided;
import io.byok.command.bus.Shell;
import io.byok.command.subject.domain.Subject;
import io.byok.command.subject.domain.SubjectCommand;
import io.byok.command.subject.domain.SubjectDecider;
import io.byok.kernel.subject.SubjectEvent;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Axon's view of an end user: loads, locks and appends around {@link SubjectDecider}. */
@AggregateRoot(type = "subject")
public class SubjectAggregate {

    private static final SubjectDecider DECIDER = new SubjectDecider();

    @AggregateIdentifier
    private @Nullable String id;

    private Subject state = DECIDER.initial();

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public Decided<Subject> handle(
            SubjectCommand command, @MetaDataValue(Shell.EXPECTED_VERSION) @Nullable Long expectedVersion) {
        List<SubjectEvent> events = Shell.decide(DECIDER, state, command, expectedVersion);
        return Shell.decided(state, events);
    }

    @EventSourcingHandler
    public void on(SubjectEvent event) {
        id = event.subject().text();
        state = DECIDER.evolve(state, event);
    }
}
