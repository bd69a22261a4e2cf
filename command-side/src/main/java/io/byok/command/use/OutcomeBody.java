package io.byok.command.use;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a secret that was handed out.
 *
 * @param version the version that was used; the one that serves if absent
 * @param status the provider's HTTP status, for the record of the health only
 * @param retryAfterMs how long the provider wants to be left alone
 * @param at when it happened; now if absent
 */
public record OutcomeBody(
        @Nullable Integer version,
        Outcome outcome,
        @Nullable Integer status,
        @Nullable Long retryAfterMs,
        @Nullable String model,
        @Nullable Instant at) {

    /** Success, or the sort of failure. */
    public enum Outcome {
        SUCCESS,
        RATE_LIMITED,
        UNAVAILABLE,
        TIMEOUT,
        INVALID,
        NO_QUOTA,
        FORBIDDEN,
        OTHER
    }
}
