package io.byok.command.head;

import io.byok.kernel.Provenance;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import java.util.Optional;

/** Whom the features mean when they name an end user. */
public interface SubjectDirectory {

    /** The random id of an end user; empty when the application never named it before. */
    Optional<SubjectId> find(TenantId tenant, String userId);

    /** The random id of an end user, who is registered first when the application never named it before. */
    SubjectId findOrRegister(TenantId tenant, String userId, Provenance by);
}
