package io.byok.platform.web;

import io.byok.kernel.Provenance;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.access.Confinement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whoever presented a valid credential. The tenant comes from here and from nowhere else.
 *
 * @param within what the credential may reach beyond its scopes
 * @param token the credential's id; for a person one that is always the same
 * @param person who an issuer says it is; absent for a token of ours
 * @param requestId the id of the request it was presented with
 */
public record Caller(
        TenantId tenant,
        TokenId token,
        Set<String> scopes,
        Confinement within,
        @Nullable String person,
        String requestId) {

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** Not confined. */
    public Caller(TenantId tenant, TokenId token, Set<String> scopes, String requestId) {
        this(tenant, token, scopes, Confinement.NONE, null, requestId);
    }

    /** @throws BadRequest {@code token-confined}. @param user absent for an end user of whom nothing is known */
    public void mustReach(@Nullable SubjectId user) {
        if (!within.reaches(user)) {
            throw new BadRequest(ProblemCode.TOKEN_CONFINED, "The token is confined to other users.");
        }
    }

    /** @throws BadRequest {@code token-confined} */
    public void mustReach(String provider) {
        if (!within.reaches(provider)) {
            throw new BadRequest(ProblemCode.TOKEN_CONFINED, "The token is confined to other providers.");
        }
    }

    public boolean may(String scope) {
        return scopes.contains(scope);
    }

    /** As it is written beside what the call causes. */
    public Provenance provenance() {
        return new Provenance(actor(), requestId);
    }

    /** Who it is, in the trail. */
    public String actor() {
        return person == null ? token.text() : person;
    }
}
