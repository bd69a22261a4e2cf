package io.byok.command.chain.domain;

import io.byok.kernel.ChainId;
import io.byok.kernel.chain.ChainPolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The states of a chain. */
public sealed interface Chain {

    /** Nothing was ever said. */
    record Absent() implements Chain {}

    /**
     * This holds.
     *
     * @param userId absent for the tenant's default
     */
    record Holding(
            ChainId id, @Nullable String userId, String provider, String environment, ChainPolicy policy, Instant since)
            implements Chain {}

    /** What was said holds no more; something new can be said. */
    record Removed(ChainId id, Instant since) implements Chain {}
}
