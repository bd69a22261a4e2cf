package io.byok.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Who caused an event, and in which request.
 *
 * @param actor the id of the token that was presented, or {@code system:<part>} for the server's own acts
 * @param requestId the id of the HTTP request, absent for the server's own acts
 */
public record Provenance(String actor, @Nullable String requestId) {

    /** How the actor of the server's own acts begins. */
    public static final String SYSTEM = "system:";

    /** The server acting by itself. */
    public static Provenance system(String part) {
        return new Provenance(SYSTEM + part, null);
    }
}
