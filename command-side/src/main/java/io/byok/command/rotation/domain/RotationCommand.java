package io.byok.command.rotation.domain;

import io.byok.kernel.RotationId;
import io.byok.kernel.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is put on record of a rotation. Each may be given again, after an interruption, and is recorded once. */
public sealed interface RotationCommand {

    RotationId rotation();

    /** It begins. */
    record StartRotation(
            RotationId rotation,
            String level,
            @Nullable String chain,
            @Nullable TenantId tenant,
            Instant at) implements RotationCommand {}

    /** A key version is gone. @param rotation of the stream of this key version */
    record RecordDestroyed(
            RotationId rotation,
            RotationId by,
            String level,
            String chain,
            @Nullable TenantId tenant,
            UUID key,
            int version,
            Instant at)
            implements RotationCommand {}

    /** It ends. */
    record FinishRotation(
            RotationId rotation,
            String outcome,
            long done,
            long remaining,
            @Nullable String failure,
            Instant at) implements RotationCommand {}
}
