package io.byok.command.erase.domain;

import io.byok.kernel.TenantErasureId;
import io.byok.kernel.erase.Acknowledgement;
import java.time.Instant;
import java.util.List;

/** What can be asked of a tenant's erasure: its three steps, in their order. Each may be asked again and does nothing then. */
public sealed interface TenantErasureCommand {

    TenantErasureId erasure();

    Instant at();

    /** The operator wants the tenant erased. */
    record RequestTenantErasure(TenantErasureId erasure, String reason, String legalBasis, Instant at)
            implements TenantErasureCommand {}

    /** What the tenant has was counted, and is to be destroyed just so. */
    record DestroyTenantKeys(TenantErasureId erasure, TenantRemains remains, Instant at)
            implements TenantErasureCommand {}

    /** Every store has acknowledged. */
    record ConcludeTenantErasure(
            TenantErasureId erasure, List<Acknowledgement> acknowledgements, String certificateHash, Instant at)
            implements TenantErasureCommand {}
}
