package io.byok.kernel.erase;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.TenantErasureId;
import io.byok.kernel.TenantId;
import java.time.Instant;
import java.util.List;

/**
 * How a tenant was erased. Events of the tenant that operates: they outlive every key of the erased one, so nothing in
 * them leads to anybody.
 */
public sealed interface TenantErasureEvent extends DomainEvent {

    TenantErasureId erasure();

    /** From now on nothing is written that is the tenant's, and nothing can bring it back. */
    record TenantErasureRequested(
            TenantErasureId erasure, TenantId tenant, String reason, String legalBasis, Instant at)
            implements TenantErasureEvent {}

    /**
     * Everything that opened what is the tenant's is gone. Readers forget the tenant when they come here.
     *
     * @param keks the tenant's key-encryption keys
     * @param dataKeys how many keys under them were deleted, those of credentials included
     * @param credentials how many sealed versions were deleted
     * @param tombstones SHA-256 of the lines that name those keys, 64 hex digits
     */
    record TenantKeysDestroyed(
            TenantErasureId erasure,
            TenantId tenant,
            List<DestroyedKey> keks,
            long dataKeys,
            long credentials,
            String tombstones,
            Instant at)
            implements TenantErasureEvent {

        public TenantKeysDestroyed {
            keks = List.copyOf(keks);
        }
    }

    /**
     * Every store has said that nothing of the tenant is left in it, and a certificate says all of this.
     *
     * @param certificateHash SHA-256 of the signed certificate, 64 hex digits
     */
    record TenantErased(
            TenantErasureId erasure,
            TenantId tenant,
            List<Acknowledgement> acknowledgements,
            String certificateHash,
            Instant at)
            implements TenantErasureEvent {

        public TenantErased {
            acknowledgements = List.copyOf(acknowledgements);
        }
    }
}
