package io.byok.platform.web;

import io.byok.kernel.Provenance;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import java.util.Set;

/**
 * Whoever presented a valid credential. The tenant comes from here and from nowhere else.
 *
 * @param requestId the id of the request it was presented with
 */
public record Caller(TenantId tenant, TokenId token, Set<String> scopes, String requestId) {

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    public boolean may(String scope) {
        return scopes.contains(scope);
    }

    /** As it is written beside what the call causes. */
    public Provenance provenance() {
        return new Provenance(token.text(), requestId);
    }
}
