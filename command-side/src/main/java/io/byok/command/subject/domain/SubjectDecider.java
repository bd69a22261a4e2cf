package io.byok.command.subject.domain;

import io.byok.command.subject.domain.SubjectCommand.RegisterSubject;
import io.byok.kernel.Decider;
import io.byok.kernel.subject.SubjectEvent;
import io.byok.kernel.subject.SubjectEvent.SubjectRegistered;
import java.util.List;

/** The rules of an end user's record. That one application id has one random id is kept by the row alongside. */
public final class SubjectDecider implements Decider<SubjectCommand, Subject, SubjectEvent> {

    @Override
    public Subject initial() {
        return new Subject.Absent();
    }

    @Override
    public List<SubjectEvent> decide(Subject state, SubjectCommand command) {
        return switch (command) {
            case RegisterSubject register ->
                switch (state) {
                    case Subject.Absent _ ->
                        List.of(new SubjectRegistered(register.subject(), register.userId(), register.at()));
                    case Subject.Registered _ -> List.of();
                };
        };
    }

    @Override
    public Subject evolve(Subject state, SubjectEvent event) {
        return switch (event) {
            case SubjectRegistered registered
            when state instanceof Subject.Absent -> new Subject.Registered(registered.subject(), registered.userId());
            case SubjectRegistered _ -> throw new IllegalStateException("an end user is registered once");
        };
    }
}
