package io.byok.command.validation;

import io.byok.kernel.KeyId;
import io.byok.kernel.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a validation leaves in {@code head.key_health}. */
record Health(
        KeyId key,
        TenantId tenant,
        int version,
        State state,
        int score,
        Instant checkedAt,
        @Nullable Instant nextCheckAt) {}
