package io.byok.kernel.subject;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.SubjectId;
import java.time.Instant;

/** What can happen to an end user of a tenant. */
public sealed interface SubjectEvent extends DomainEvent {

    SubjectId subject();

    /** The application's own id for the user is now known under a random one. */
    record SubjectRegistered(SubjectId subject, String userId, Instant at) implements SubjectEvent {}
}
