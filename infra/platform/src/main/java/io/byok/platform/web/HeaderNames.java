package io.byok.platform.web;

/** The headers of our own contract, as they are spelt in documents. */
public final class HeaderNames {

    /** Out, on a command's answer: the position in the log up to which the caller's effect is visible. */
    public static final String POSITION = "Byok-Position";

    /** In, on a read: wait until the read side has come to this position. */
    public static final String MIN_POSITION = "Byok-Min-Position";

    public static final String REQUEST_ID = "X-Request-Id";
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    public static final String IDEMPOTENT_REPLAYED = "Idempotent-Replayed";

    /** Out: what is left of the nearest limit, as in draft-ietf-httpapi-ratelimit-headers. */
    public static final String RATE_LIMIT = "RateLimit";

    public static final String RATE_LIMIT_POLICY = "RateLimit-Policy";

    private HeaderNames() {}
}
