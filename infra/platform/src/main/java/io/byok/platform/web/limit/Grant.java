package io.byok.platform.web.limit;

import java.time.Duration;

/**
 * What an {@link Allowance} said.
 *
 * @param remaining how many requests are left at once
 * @param until if granted, until the allowance is whole again; otherwise until the next request is
 */
public record Grant(String name, int perMinute, boolean granted, long remaining, Duration until) {

    /** {@code RateLimit-Policy}, as in draft-ietf-httpapi-ratelimit-headers. */
    public String policyHeader() {
        return "\"" + name + "\";q=" + perMinute + ";w=60";
    }

    /** {@code RateLimit}, as in draft-ietf-httpapi-ratelimit-headers. */
    public String header() {
        return "\"" + name + "\";r=" + remaining + ";t=" + seconds();
    }

    /** {@code Retry-After}: whole seconds, at least 1. */
    public long retryAfter() {
        return Math.max(1, seconds());
    }

    private long seconds() {
        return until.plusNanos(999_999_999).toSeconds();
    }
}
