package io.byok.command.head;

import io.byok.kernel.TenantId;
import io.byok.kernel.use.Use;
import java.util.concurrent.CompletableFuture;

/** Makes uses of secrets durable before the secrets are used (P2), for every part of the server that uses one. */
@FunctionalInterface
public interface UseRecorder {

    /**
     * Records a use.
     *
     * @return completes with its position once it is durable; fails with {@link KeyMoved} when the key may not be used, with
     *     something else when it cannot be recorded, and then the secret must not be
     */
    CompletableFuture<Long> record(TenantId tenant, Use use);
}
