package io.byok.kernel;

import java.time.Instant;

/**
 * Something that has happened and will have happened for ever. Implemented by the sealed families only. Holds no secret
 * material, not even encrypted.
 */
public interface DomainEvent {

    /** When it happened, by the clock of the node that decided it; UTC, microseconds at most. */
    Instant at();
}
