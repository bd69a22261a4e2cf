package io.byok.command.access.domain;

import io.byok.kernel.TokenId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The states of an API token. */
public sealed interface ApiToken {

    /** There is none. */
    record Absent() implements ApiToken {}

    /** It opens what its scopes say, until it expires. */
    record Valid(Facts facts) implements ApiToken {}

    /** It opens nothing any more. */
    record Revoked(Facts facts, Instant at) implements ApiToken {}

    /** What all states of an existing token share. */
    record Facts(
            TokenId id,
            String name,
            List<String> scopes,
            String mask,
            @Nullable Instant expiresAt,
            Instant createdAt) {}
}
