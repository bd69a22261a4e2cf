package io.byok.kernel.chain;

import io.byok.kernel.ChainId;
import io.byok.kernel.DomainEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can happen to a chain. */
public sealed interface ChainEvent extends DomainEvent {

    ChainId chain();

    /**
     * From now on this is the policy.
     *
     * @param userId the application's own id of the end user; absent for the tenant's default
     */
    record ChainSet(
            ChainId chain, @Nullable String userId, String provider, String environment, ChainPolicy policy, Instant at)
            implements ChainEvent {}

    /** There is no such policy any more; what is said more generally holds. */
    record ChainRemoved(ChainId chain, Instant at) implements ChainEvent {}
}
