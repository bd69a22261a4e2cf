package io.byok.query.audit;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One fact of the audit trail.
 *
 * @param id its place: position in the log, and number within the event
 * @param outcome {@code ok}, or {@code erased} when the key that would tell more was destroyed
 * @param actor the id of the token that was presented, or {@code system:<part>}
 * @param userId the application's own id, absent when it is about no end user or theirs was erased
 * @param details facts that only this action has; never a secret
 */
public record AuditView(
        String id,
        long position,
        Instant at,
        String action,
        String outcome,
        @Nullable String actor,
        @Nullable String keyId,
        @Nullable String userId,
        @Nullable String subject,
        @Nullable String purpose,
        @Nullable String reason,
        @Nullable String requestId,
        String eventId,
        Map<String, Object> details) {}
