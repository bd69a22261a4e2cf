package io.byok.kernel.access;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.TokenId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What was refused to whoever presented a credential that is known. */
public sealed interface DenialEvent extends DomainEvent {

    /**
     * Somebody was refused, once or many times for the same reason.
     *
     * @param token the credential that was presented; absent where many were, and no more are told apart
     * @param why {@code revoked}, {@code expired}, {@code network}, {@code scope}, {@code confined} or {@code many}
     * @param operation what the first of them asked for: a method and a collection, such as {@code POST /v1/resolve}
     * @param scope the scope that was missing, where that is why
     * @param from the address that the first of them came from, as far as it is known
     * @param attempts how many, at least 1
     * @param first when the first of them was made
     * @param at when this was written down
     */
    record AccessDenied(
            @Nullable TokenId token,
            String why,
            String operation,
            @Nullable String scope,
            @Nullable String from,
            long attempts,
            Instant first,
            Instant at)
            implements DenialEvent {}
}
