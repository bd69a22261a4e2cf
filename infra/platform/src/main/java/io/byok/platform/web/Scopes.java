package io.byok.platform.web;

import java.util.List;
import java.util.Set;

/**
 * The words a token's permissions are made of. No scope implies another; {@link #KEYS_RESOLVE} (plaintext leaves) and
 * {@link #USERS_ERASE} (nothing brings it back) are not even part of a default set, they are named or not held.
 */
public final class Scopes {

    public static final String PROVIDERS_READ = "providers:read";
    public static final String KEYS_READ = "keys:read";
    public static final String KEYS_WRITE = "keys:write";
    public static final String KEYS_RESOLVE = "keys:resolve";
    public static final String USAGE_WRITE = "usage:write";
    public static final String ANALYTICS_READ = "analytics:read";
    public static final String AUDIT_READ = "audit:read";
    public static final String USERS_ERASE = "users:erase";
    public static final String HOLDS_WRITE = "holds:write";
    public static final String RETENTION_WRITE = "retention:write";
    public static final String REPLAYS_RUN = "replays:run";
    public static final String TOKENS_WRITE = "tokens:write";
    public static final String TENANTS_WRITE = "tenants:write";

    /** Every scope there is, in the order of the documentation. */
    public static final List<String> ALL = List.of(
            PROVIDERS_READ,
            KEYS_READ,
            KEYS_WRITE,
            KEYS_RESOLVE,
            USAGE_WRITE,
            ANALYTICS_READ,
            AUDIT_READ,
            USERS_ERASE,
            HOLDS_WRITE,
            RETENTION_WRITE,
            REPLAYS_RUN,
            TOKENS_WRITE,
            TENANTS_WRITE);

    /** Held only when named, whatever set of scopes is offered as a default or a role. */
    public static final Set<String> NEVER_IMPLIED =
            Set.of(KEYS_RESOLVE, USERS_ERASE, HOLDS_WRITE, RETENTION_WRITE, TENANTS_WRITE);

    private Scopes() {}

    public static boolean isKnown(String scope) {
        return ALL.contains(scope);
    }
}
