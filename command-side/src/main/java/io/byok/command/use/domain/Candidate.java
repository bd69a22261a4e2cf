package io.byok.command.use.domain;

import io.byok.kernel.KeyId;
import io.byok.kernel.key.KeyPolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that might serve.
 *
 * @param status a word: only {@code active} serves
 * @param version the version that serves
 * @param previousVersion the one before, while it still serves as a fallback
 */
public record Candidate(
        KeyId key,
        String status,
        int version,
        KeyPolicy policy,
        @Nullable Integer previousVersion,
        @Nullable Instant previousUntil,
        Instant createdAt) {

    boolean expired(Instant at) {
        Instant expiresAt = policy.expiresAt();
        return expiresAt != null && !at.isBefore(expiresAt);
    }

    /** The version before, if it still serves at an instant. */
    @Nullable
    Integer previousAt(Instant at) {
        return previousUntil != null && at.isBefore(previousUntil) ? previousVersion : null;
    }
}
