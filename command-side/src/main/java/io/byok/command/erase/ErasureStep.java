package io.byok.command.erase;

import io.byok.kernel.ErasureId;
import io.byok.kernel.KeyId;
import io.byok.kernel.TenantId;
import io.byok.kernel.erase.DestroyedKey;
import java.time.Instant;
import java.util.List;

/** What becomes true at once with the event of a step. */
sealed interface ErasureStep {

    ErasureId erasure();

    TenantId tenant();

    Instant at();

    /** No key of the user serves any more. */
    record Requested(ErasureId erasure, TenantId tenant, String legalBasis, Instant at) implements ErasureStep {}

    /**
     * Everything that opens is gone, and the user's own id leads nowhere.
     *
     * @param dataKeys these and no others
     */
    record Destroyed(
            ErasureId erasure,
            TenantId tenant,
            String legalBasis,
            List<KeyId> keys,
            List<DestroyedKey> dataKeys,
            Instant at)
            implements ErasureStep {}

    /** It is over. */
    record Erased(ErasureId erasure, TenantId tenant, String certificate, Instant at) implements ErasureStep {}
}
