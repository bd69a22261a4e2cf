package io.byok.platform.web;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a request is in order and cannot be served now (503). Whoever throws it guarantees that repeating the
 * request is safe. It has no stack trace: it is an answer, not a fault.
 */
public class Unavailable extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;
    private final Duration retryAfter;

    /** @param retryAfter when to try again; told in whole seconds, rounded up, at least one */
    public Unavailable(String code, Duration retryAfter) {
        this(code, retryAfter, null);
    }

    /** @param detail what is missing this time, without any secret; absent when the code's title says it all */
    public Unavailable(String code, Duration retryAfter, @Nullable String detail) {
        super(detail, null, false, false);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public Unavailable(ProblemCode code, Duration retryAfter) {
        this(code.code(), retryAfter, null);
    }

    public final String code() {
        return code;
    }

    /** Whole seconds, at least 1. */
    public final long retryAfterSeconds() {
        return Math.max(1, retryAfter.plusMillis(999).toSeconds());
    }

    public final @Nullable String detail() {
        return getMessage();
    }
}
