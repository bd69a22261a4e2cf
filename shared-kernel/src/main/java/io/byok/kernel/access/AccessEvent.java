package io.byok.kernel.access;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.TokenId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to an API token. The token itself never appears, nor its hash. */
public sealed interface AccessEvent extends DomainEvent {

    TokenId token();

    /**
     * A token was made and shown once.
     *
     * @param mask what people see of it, such as {@code byok_live_...9fQ2}
     * @param scopes sorted
     */
    record ApiTokenCreated(
            TokenId token,
            String name,
            List<String> scopes,
            String mask,
            @Nullable Instant expiresAt,
            Instant at) implements AccessEvent {}

    /** The token opens nothing any more. */
    record ApiTokenRevoked(TokenId token, @Nullable String reason, Instant at) implements AccessEvent {}
}
