package io.byok.kernel.access;

import io.byok.kernel.SubjectId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a credential may reach, beyond what its scopes say. End users stand here by their random ids: once one is erased,
 * the application's own id leads to somebody else, whom the credential does not reach.
 *
 * @param users the end users it may touch; empty for all
 * @param providers the providers it may touch, such as {@code openai}; empty for all
 * @param networks the networks it may be presented from, in CIDR notation; empty for all
 */
public record Confinement(List<SubjectId> users, List<String> providers, List<String> networks) {

    /** Not confined. */
    public static final Confinement NONE = new Confinement(List.of(), List.of(), List.of());

    public Confinement {
        users = List.copyOf(users);
        providers = List.copyOf(providers);
        networks = List.copyOf(networks);
    }

    public boolean confinesNothing() {
        return equals(NONE);
    }

    /** Whether what is touched matters; a network alone is looked at before anything is. */
    public boolean concernsData() {
        return !users.isEmpty() || !providers.isEmpty();
    }

    /** @param user absent for an end user of whom nothing is known: out of reach unless all are within it */
    public boolean reaches(@Nullable SubjectId user) {
        return users.isEmpty() || user != null && users.contains(user);
    }

    public boolean reaches(String provider) {
        return providers.isEmpty() || providers.contains(provider);
    }
}
