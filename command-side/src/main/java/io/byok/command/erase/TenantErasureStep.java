package io.byok.command.erase;

import io.byok.command.erase.domain.TenantRemains;
import io.byok.kernel.TenantErasureId;
import io.byok.kernel.TenantId;
import java.time.Instant;

/** What becomes true at once with the event of a step. */
sealed interface TenantErasureStep {

    TenantErasureId erasure();

    Instant at();

    /** Nothing is written any more that is the tenant's. @param operator whose history tells of it */
    record Requested(TenantErasureId erasure, TenantId operator, String legalBasis, Instant at)
            implements TenantErasureStep {}

    /** Everything that opens is gone, and nothing is found any more. @param remains these and no others */
    record Destroyed(TenantErasureId erasure, String legalBasis, TenantRemains remains, Instant at)
            implements TenantErasureStep {}

    /** It is over. */
    record Erased(TenantErasureId erasure, String certificate, Instant at) implements TenantErasureStep {}
}
