package io.byok.command.subject.domain;

import io.byok.kernel.SubjectId;

/** The states of an end user's record. */
public sealed interface Subject {

    /** Never named. */
    record Absent() implements Subject {}

    /** Known under a random id. */
    record Registered(SubjectId id, String userId) implements Subject {}
}
