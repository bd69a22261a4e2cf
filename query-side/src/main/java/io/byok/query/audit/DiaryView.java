package io.byok.query.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an end user's diary.
 *
 * @param id its place, as in the trail
 * @param by the id of the token that was presented, or {@code system:<part>}
 * @param purpose what for, in the caller's words
 * @param costs what it cost, one sum per currency; absent when nobody has told
 * @param eventId leads to its leaf
 */
public record DiaryView(
        String id,
        Instant at,
        String action,
        String outcome,
        @Nullable String by,
        @Nullable String keyId,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String purpose,
        @Nullable String reason,
        @Nullable List<Cost> costs,
        String eventId) {

    /** Exact. @param currency ISO 4217 */
    public record Cost(String amount, String currency) {}
}
