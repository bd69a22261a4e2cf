package io.byok.kernel.trail;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for and nothing was changed by. Who it was stands beside the event, as everywhere. Operations are a
 * method and a path as the description of the API writes them, such as {@code POST /v1/keys/{keyId}/rotate}: never what
 * stood in the braces.
 */
public sealed interface TrailEvent extends DomainEvent {

    /** The operation and the code of those that were counted together because there were too many kinds of them. */
    String MANY = "many";

    /**
     * A command was refused, once or many times for the same reason.
     *
     * @param operation what was asked for; {@value #MANY} where many things were, by whomever
     * @param code the stable word of the refusal; {@value #MANY} likewise
     * @param key the key that it was about, where the operation names one
     * @param subject the end user that it was about, where that is known
     * @param times how often, at least 1
     * @param first when the first time was
     * @param at when this was written down
     */
    record CommandRefused(
            String operation,
            String code,
            @Nullable KeyId key,
            @Nullable SubjectId subject,
            long times,
            Instant first,
            Instant at)
            implements TrailEvent {}

    /**
     * The audit was read or exported, once or many times.
     *
     * @param operation what was asked for; {@value #MANY} where many things were, by whomever
     * @param key the key that was asked about, where one was named
     * @param subject the end user who was asked about, where one was named who is known
     * @param times how often, at least 1
     * @param first when the first time was
     * @param at when this was written down
     */
    record AuditRead(
            String operation, @Nullable KeyId key, @Nullable SubjectId subject, long times, Instant first, Instant at)
            implements TrailEvent {}

    /**
     * Somebody, or the schedule, began to replay history.
     *
     * @param replay its id
     * @param projection the read model, or {@code all}
     * @param mode {@code verify} or {@code rebuild}
     */
    record ReplayStarted(String replay, String projection, String mode, Instant at) implements TrailEvent {}

    /**
     * A replay has ended.
     *
     * @param outcome {@code equal} or {@code different}, as what was rebuilt compares with what there was; {@code failed}
     *     or {@code interrupted} where it came to nothing
     * @param position up to which history was replayed
     */
    record ReplayEnded(String replay, String projection, String mode, String outcome, long position, Instant at)
            implements TrailEvent {}
}
