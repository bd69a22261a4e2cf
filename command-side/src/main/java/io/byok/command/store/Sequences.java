package io.byok.command.store;

/** Which sequence an event may have. */
enum Sequences {
    /** The next one of its stream, from 0. A node whose memory is ahead of the log finds out before it writes. */
    DENSE,
    /** Any that follows the last one: what Axon's contract asks of a storage engine, and no more. */
    ASCENDING;

    boolean accept(long sequence, long next) {
        return switch (this) {
            case DENSE -> sequence == next;
            case ASCENDING -> sequence >= next;
        };
    }
}
