package io.byok.query.audit.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What held at a time.
 *
 * @param at the time
 * @param position of the last event of the tenant that was looked at; 0 for none
 * @param suspended whether nothing of the tenant was served
 * @param keys that were there, those that did not serve included
 * @param chains that were set
 * @param tokens that opened something
 */
public record StateView(
        Instant at, long position, boolean suspended, List<Key> keys, List<Chain> chains, List<Token> tokens) {

    /**
     * A key.
     *
     * @param userId absent for a key of the tenant's own, and when the user was erased since
     * @param status {@code active}, {@code disabled}, {@code revoked}, {@code expired}, or {@code erased} when what would
     *     tell was destroyed since
     * @param valid whether it served
     * @param versions that served, the current one first
     * @param models it was restricted to, empty for any
     */
    public record Key(
            String id,
            @Nullable String userId,
            @Nullable String provider,
            @Nullable String environment,
            String status,
            boolean valid,
            List<Integer> versions,
            List<String> models,
            @Nullable Instant expiresAt) {}

    /**
     * Which of a user's keys served, in which order. Those of users who were erased since are not there.
     *
     * @param userId absent for the tenant's default
     */
    public record Chain(
            String id,
            @Nullable String userId,
            String provider,
            String environment,
            List<String> keys,
            String system,
            List<String> on) {}

    /**
     * A credential.
     *
     * @param parent the token that made it, for a widget token
     * @param confined whether it reached less than its scopes say
     */
    public record Token(
            String id,
            @Nullable String name,
            @Nullable String parent,
            List<String> scopes,
            boolean confined,
            @Nullable Instant expiresAt) {}
}
