package io.byok.query.audit.tree;

import io.byok.kernel.TenantId;
import io.byok.platform.audit.UseLeaf;
import io.byok.platform.seal.LookupHash;
import java.util.UUID;

/** What hides the words of a use in the commitment that its leaf holds. The same for the same use at any time. */
@FunctionalInterface
public interface Blinds {

    /** 32 bytes that nobody can guess who lacks a key of the tenant's. */
    byte[] of(TenantId tenant, UUID use);

    /** From the tenant's look-up key, which lives as long as the tenant. */
    static Blinds from(LookupHash hash) {
        return (tenant, use) -> UseLeaf.blind(hash, tenant, use);
    }
}
