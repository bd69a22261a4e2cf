package io.byok.command.erase;

import io.byok.kernel.TenantErasureId;
import io.byok.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's erasure as the API shows it. Its reason stands in the audit of the operator's tenant.
 *
 * @param status {@code requested}: nothing is served, nothing is written; {@code destroyed}: nothing opens; {@code erased}:
 *     every store has said so
 * @param acknowledgements every store, and whether it is through; empty before there is something to acknowledge
 * @param certificate where the signed certificate is; absent until it is over
 */
public record TenantErasureView(
        TenantErasureId id,
        TenantId tenant,
        String status,
        String legalBasis,
        Instant requestedAt,
        @Nullable Instant destroyedAt,
        @Nullable Instant erasedAt,
        List<ErasureView.Ack> acknowledgements,
        @Nullable String certificate) {

    static TenantErasureView of(TenantErasureHeads.Head head, List<ErasureView.Ack> acknowledgements) {
        return new TenantErasureView(
                head.id(),
                head.id().tenant(),
                head.status().word(),
                head.legalBasis(),
                head.requestedAt(),
                head.destroyedAt(),
                head.erasedAt(),
                acknowledgements,
                head.certificate() == null ? null : "/v1/tenant-erasures/" + head.id() + "/certificate");
    }
}
