package io.byok.command.rotation.domain;

/** The states of what a rotation's stream is about. */
public sealed interface Rotation {

    /** Nothing is recorded. */
    record Absent() implements Rotation {}

    /** A rotation runs. */
    record Running() implements Rotation {}

    /** A rotation has ended. */
    record Ended() implements Rotation {}

    /** A key version is gone. */
    record Destroyed() implements Rotation {}
}
