package io.byok.command.access.domain;

import io.byok.kernel.TokenId;
import io.byok.kernel.access.Confinement;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The states of an API token. */
public sealed interface ApiToken {

    /** There is none. */
    record Absent() implements ApiToken {}

    /** It opens what its scopes say, until it expires. */
    record Valid(Facts facts) implements ApiToken {}

    /** A browser's, which ends by itself. */
    record Widget(TokenId id, TokenId parent, Instant expiresAt) implements ApiToken {}

    /** It opens nothing any more. */
    record Revoked(Facts facts, Instant at) implements ApiToken {}

    /**
     * What all states of an existing token share.
     *
     * @param previousUntil until when the text before the last rotation opens too, absent when it does not
     */
    record Facts(
            TokenId id,
            String name,
            List<String> scopes,
            String mask,
            @Nullable Instant expiresAt,
            Confinement within,
            Instant createdAt,
            @Nullable Instant previousUntil) {

        Facts within(Confinement narrower) {
            return new Facts(id, name, scopes, mask, expiresAt, narrower, createdAt, previousUntil);
        }

        Facts rotated(String newMask, @Nullable Instant until) {
            return new Facts(id, name, scopes, newMask, expiresAt, within, createdAt, until);
        }
    }
}
