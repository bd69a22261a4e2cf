package io.byok.kernel.access;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.SubjectId;
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

    /** From here on the token reaches no more than this. */
    record ApiTokenConfined(TokenId token, Confinement within, Instant at) implements AccessEvent {}

    /**
     * The token has a new text, shown once.
     *
     * @param mask what people see of the new text
     * @param previousUntil until when the text before opens too; absent when it opened nothing from then on
     */
    record ApiTokenRotated(
            TokenId token, String mask, @Nullable Instant previousUntil, Instant at) implements AccessEvent {}

    /**
     * A short-lived token for a browser was made. It opens nothing after its time, nor once the token that made it does
     * not.
     *
     * @param parent the token that made it
     * @param user whose affairs it may touch
     * @param scopes sorted
     */
    record WidgetTokenIssued(
            TokenId token, TokenId parent, SubjectId user, List<String> scopes, Instant expiresAt, Instant at)
            implements AccessEvent {}

    /** The token opens nothing any more. */
    record ApiTokenRevoked(TokenId token, @Nullable String reason, Instant at) implements AccessEvent {}
}
