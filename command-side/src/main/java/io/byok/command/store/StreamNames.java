package io.byok.command.store;

import io.byok.kernel.StreamId;

/** Between Axon's aggregate identifiers and streams. */
public interface StreamNames {

    /** The stream of that name. @throws IllegalArgumentException for a text that names no stream */
    StreamId stream(String aggregateIdentifier);

    /** The aggregate identifier of a stream; {@link #stream} is its inverse. */
    String text(StreamId stream);
}
