package io.byok.command.chain;

import io.byok.command.bus.Receipt;
import io.byok.command.chain.domain.Chain;
import io.byok.kernel.ChainId;
import io.byok.kernel.KeyId;
import io.byok.kernel.Rejection;
import io.byok.kernel.chain.ChainNotFound;
import io.byok.platform.web.ExpectedVersion;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chain as the API shows it; the query side shows the same. */
public record ChainShown(
        ChainId id,
        @Nullable String userId,
        String provider,
        String environment,
        List<KeyId> keys,
        String system,
        List<String> on,
        int maxRetries,
        int retryDelayMs,
        Instant updatedAt,
        String etag) {

    static ChainShown of(Receipt<Chain> receipt) {
        return switch (receipt.state()) {
            case Chain.Holding holding ->
                new ChainShown(
                        holding.id(),
                        holding.userId(),
                        holding.provider(),
                        holding.environment(),
                        holding.policy().keys(),
                        holding.policy().system(),
                        holding.policy().on(),
                        holding.policy().maxRetries(),
                        holding.policy().retryDelayMs(),
                        holding.since(),
                        ExpectedVersion.etag(receipt.version()));
            case Chain.Absent _, Chain.Removed _ -> throw Rejection.of(ChainNotFound.CHAIN_NOT_FOUND);
        };
    }
}
