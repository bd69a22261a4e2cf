package io.byok.command.erase;

import io.byok.platform.web.BadRequest;
import io.byok.platform.web.FieldProblem;
import java.util.List;

/**
 * What a request to erase a tenant says.
 *
 * @param name the tenant's own, once more: nothing of it comes back
 * @param reason in the operator's words; kept, sealed, in the history of the operator's tenant
 * @param legalBasis such as {@code contract ended}; stands in the certificate
 */
public record TenantEraseBody(String name, String reason, String legalBasis) {

    /** @throws BadRequest naming every field that is wrong */
    void check() {
        new EraseBody(reason, legalBasis).check();
    }

    /** @throws BadRequest when another tenant is meant */
    void confirm(String itsName) {
        if (!name.equals(itsName)) {
            throw new BadRequest(
                    "field-invalid",
                    List.of(new FieldProblem("/name", "Must be the name of the tenant that is to be erased.")));
        }
    }
}
