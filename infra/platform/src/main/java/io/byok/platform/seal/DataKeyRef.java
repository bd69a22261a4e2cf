package io.byok.platform.seal;

import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import java.util.UUID;

/**
 * Names a data key without holding it: free to pass around and to keep.
 *
 * @param owner whom it belongs to within the tenant: the subject, the key, the year, or nobody (nil)
 * @param id as in the header of what it sealed; random, and the same for all versions
 * @param version from 1
 */
public record DataKeyRef(TenantId tenant, DataKeyKind kind, UUID owner, UUID id, int version) {

    static final UUID NOBODY = new UUID(0, 0);

    static UUID owner(SubjectId subject) {
        return subject.value();
    }

    static UUID owner(KeyId key) {
        return key.value();
    }

    /** A calendar year, as the number it is. */
    static UUID owner(int year) {
        return new UUID(0, year);
    }

    /** Whether the place is of the same tenant and of this key's purpose. The seal proves it again; this is cheaper. */
    boolean mayOpen(Aad place) {
        return tenant.equals(place.tenant()) && kind.seals(place.purpose());
    }
}
