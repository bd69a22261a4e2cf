package io.byok.command.erase.domain;

import io.byok.kernel.TenantErasureId;
import io.byok.kernel.erase.Acknowledgement;
import io.byok.kernel.erase.TenantErasureEvent.TenantKeysDestroyed;
import java.time.Instant;
import java.util.List;

/** The states of a tenant's erasure. None leads back. */
public sealed interface TenantErasure {

    /** Nobody asked for it. */
    record Absent() implements TenantErasure {}

    /** An erasure that was asked for. */
    sealed interface Present extends TenantErasure {
        Request request();
    }

    /** Who asked for what, and why. */
    record Request(TenantErasureId id, String reason, String legalBasis, Instant at) {}

    /** Nothing is written any more that is the tenant's; nothing is destroyed yet. */
    record Requested(Request request) implements Present {}

    /** The keys are gone; not every store has said yet that nothing is left in it. */
    record Destroyed(Request request, TenantKeysDestroyed destruction) implements Present {}

    /** It is over, and certified. */
    record Erased(Request request, TenantKeysDestroyed destruction, List<Acknowledgement> acknowledgements, Instant at)
            implements Present {}
}
