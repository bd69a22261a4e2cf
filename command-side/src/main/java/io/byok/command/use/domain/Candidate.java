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
 * @param refused whether the provider, when last asked, refused the version that serves
 */
public record Candidate(
        KeyId key,
        String status,
        int version,
        KeyPolicy policy,
        @Nullable Integer previousVersion,
        @Nullable Instant previousUntil,
        Instant createdAt,
        boolean refused) {

    /** One that the provider takes, as far as is known. */
    public Candidate(
            KeyId key,
            String status,
            int version,
            KeyPolicy policy,
            @Nullable Integer previousVersion,
            @Nullable Instant previousUntil,
            Instant createdAt) {
        this(key, status, version, policy, previousVersion, previousUntil, createdAt, false);
    }

    /** Why it cannot serve at all, whatever happened to other keys; absent when it can. */
    @Nullable
    String unusable(@Nullable String model, Instant at) {
        Instant expiresAt = policy.expiresAt();
        if (!status.equals("active")) {
            return status;
        }
        if (expiresAt != null && !at.isBefore(expiresAt)) {
            return "expired";
        }
        return policy.allows(model) ? null : "model-not-allowed";
    }

    Serving current() {
        return new Serving(key, version);
    }

    /** The version before, if it still serves at an instant. */
    @Nullable
    Serving previousAt(Instant at) {
        return previousVersion != null && previousUntil != null && at.isBefore(previousUntil)
                ? new Serving(key, previousVersion)
                : null;
    }
}
