package io.byok.command.subject.domain;

import io.byok.kernel.SubjectId;
import java.time.Instant;

/** What can be asked of an end user's record. */
public sealed interface SubjectCommand {

    SubjectId subject();

    /** The application named a user it never named before. */
    record RegisterSubject(SubjectId subject, String userId, Instant at) implements SubjectCommand {}
}
