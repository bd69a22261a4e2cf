package io.byok.command.access.domain;

import io.byok.kernel.TokenId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of an API token. The token's text is not here. */
public sealed interface ApiTokenCommand {

    TokenId token();

    record CreateApiToken(
            TokenId token,
            String name,
            List<String> scopes,
            String mask,
            @Nullable Instant expiresAt,
            Instant at) implements ApiTokenCommand {}

    record RevokeApiToken(TokenId token, @Nullable String reason, Instant at) implements ApiTokenCommand {}
}
