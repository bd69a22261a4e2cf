package io.byok.command.chain.domain;

import io.byok.kernel.ChainId;
import io.byok.kernel.chain.ChainPolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can be asked of a chain. */
public sealed interface ChainCommand {

    ChainId chain();

    /** Let this hold. */
    record SetChain(
            ChainId chain, @Nullable String userId, String provider, String environment, ChainPolicy policy, Instant at)
            implements ChainCommand {}

    /** Let it hold no more. */
    record RemoveChain(ChainId chain, Instant at) implements ChainCommand {}
}
