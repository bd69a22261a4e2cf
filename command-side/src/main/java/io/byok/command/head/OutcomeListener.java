package io.byok.command.head;

import io.byok.kernel.KeyId;
import io.byok.kernel.TenantId;
import io.byok.kernel.chain.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Wants to know what callers say became of the keys they were given, such as whatever keeps the keys' health. */
public interface OutcomeListener {

    /**
     * Told once per report, on the thread that took it; must be quick.
     *
     * @param version the version that was used, one that still serves
     * @param failure absent for a success
     */
    void observed(TenantId tenant, KeyId key, int version, @Nullable Failure failure, Instant at);
}
