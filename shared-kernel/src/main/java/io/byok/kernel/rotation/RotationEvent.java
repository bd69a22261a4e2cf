package io.byok.kernel.rotation;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.RotationId;
import io.byok.kernel.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What operators do to the keys that seal everything else. Written to the history of the operator's tenant. Each rotation
 * has a stream, and each key version that is destroyed one of its own.
 */
public sealed interface RotationEvent extends DomainEvent {

    /** The stream. */
    RotationId rotation();

    /**
     * Keys of a level are being renewed.
     *
     * @param level {@code root}, {@code tenant} or {@code data}
     * @param chain {@code events} or {@code credentials}, absent for both
     * @param tenant whose keys, absent for everybody's
     */
    record KeyRotationStarted(
            RotationId rotation,
            String level,
            @Nullable String chain,
            @Nullable TenantId tenant,
            Instant at) implements RotationEvent {}

    /**
     * A version of a key is gone: nothing was under it any more, and what old copies hold under it never opens again.
     *
     * @param rotation names the stream of this key version
     * @param by the rotation that did it
     * @param tenant whose key it was, absent for a root
     * @param key the same for all versions
     */
    record KeyVersionDestroyed(
            RotationId rotation,
            RotationId by,
            String level,
            String chain,
            @Nullable TenantId tenant,
            UUID key,
            int version,
            Instant at)
            implements RotationEvent {}

    /**
     * A rotation has ended.
     *
     * @param outcome {@code finished} or {@code failed}
     * @param done how many wraps or sealed credentials were renewed
     * @param remaining how many are still under an old version, which then lives on
     * @param failure why it failed, in one line
     */
    record KeyRotationFinished(
            RotationId rotation,
            String outcome,
            long done,
            long remaining,
            @Nullable String failure,
            Instant at) implements RotationEvent {}
}
