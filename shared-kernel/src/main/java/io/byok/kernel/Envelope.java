package io.byok.kernel;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event with everything that is known about it besides its place in the log.
 *
 * @param eventId UUIDv7, unique for ever
 * @param tenant whose event it is
 * @param subject the end user it is about, absent when it is about none or about many
 * @param stream whose history it belongs to
 * @param sequence its number in that history, from 0, dense
 * @param event what happened
 * @param by who caused it
 */
public record Envelope(
        UUID eventId,
        TenantId tenant,
        @Nullable SubjectId subject,
        StreamId stream,
        long sequence,
        DomainEvent event,
        Provenance by) {}
