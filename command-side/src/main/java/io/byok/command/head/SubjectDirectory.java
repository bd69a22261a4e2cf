package io.byok.command.head;

import io.byok.kernel.Provenance;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.platform.web.Caller;
import java.util.Optional;

/** Whom the features mean when they name an end user. */
public interface SubjectDirectory {

    /** The random id of an end user; empty when the application never named it before. */
    Optional<SubjectId> find(TenantId tenant, String userId);

    /** The random id of an end user, who is registered first when the application never named it before. */
    SubjectId findOrRegister(TenantId tenant, String userId, Provenance by);

    /** @throws io.byok.platform.web.BadRequest {@code token-confined} when the credential does not reach the end user */
    default void mustReach(Caller caller, String userId) {
        if (!caller.within().users().isEmpty()) {
            caller.mustReach(find(caller.tenant(), userId).orElse(null));
        }
    }
}
