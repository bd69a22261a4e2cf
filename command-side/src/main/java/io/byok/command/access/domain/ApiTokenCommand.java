package io.byok.command.access.domain;

import io.byok.kernel.SubjectId;
import io.byok.kernel.TokenId;
import io.byok.kernel.access.Confinement;
import java.time.Duration;
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
            Confinement within,
            Instant at)
            implements ApiTokenCommand {}

    /** @param overlap how long the text before opens too; zero for not at all */
    record RotateApiToken(TokenId token, String mask, Duration overlap, Instant at) implements ApiTokenCommand {}

    /** @param parent the token that asks for it */
    record IssueWidgetToken(
            TokenId token, TokenId parent, SubjectId user, List<String> scopes, Instant expiresAt, Instant at)
            implements ApiTokenCommand {}

    record RevokeApiToken(TokenId token, @Nullable String reason, Instant at) implements ApiTokenCommand {}
}
