package io.byok.query.audit;

import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event says to somebody who audits.
 *
 * @param action a stable word
 * @param details facts without secrets; values are strings, numbers, booleans or lists of strings, never null
 */
record Fact(
        Instant at,
        String action,
        String outcome,
        @Nullable String actor,
        @Nullable KeyId key,
        @Nullable SubjectId subject,
        @Nullable String purpose,
        @Nullable String reason,
        @Nullable String requestId,
        Map<String, Object> details) {

    static final String OK = "ok";

    /** Somebody asked for what a rule forbids. */
    static final String REFUSED = "refused";

    /** Somebody was not let. */
    static final String DENIED = "denied";

    /** Something happened, and its key was destroyed since: no more can be told. */
    static final String ERASED = "erased";

    /** Details from names and values in turn; absent values are left out. */
    static Map<String, Object> details(@Nullable Object... namesAndValues) {
        Map<String, Object> details = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                details.put(String.valueOf(namesAndValues[i]), value instanceof Instant at ? at.toString() : value);
            }
        }
        return details;
    }
}
