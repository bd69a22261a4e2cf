package io.byok.query.chain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chain as it is shown; the write side answers the same.
 *
 * @param userId absent for the tenant's default
 * @param keys in the order in which they serve; empty for the order of their priorities
 * @param etag for {@code If-Match} on the chain's commands
 */
public record ChainView(
        String id,
        @Nullable String userId,
        String provider,
        String environment,
        List<String> keys,
        String system,
        List<String> on,
        int maxRetries,
        int retryDelayMs,
        Instant updatedAt,
        String etag) {}
