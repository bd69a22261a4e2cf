package io.byok.query.audit;

import io.byok.kernel.KeyId;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.ProblemCode;
import io.byok.query.web.TimeRange;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which facts are asked for; absent means any. */
record AuditFilter(
        @Nullable String userId,
        @Nullable KeyId key,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String outcome,
        @Nullable String purpose,
        TimeRange range) {

    static AuditFilter of(
            @Nullable String userId,
            @Nullable String keyId,
            @Nullable String actor,
            @Nullable String action,
            @Nullable String outcome,
            @Nullable String purpose,
            @Nullable String from,
            @Nullable String to) {
        KeyId key = keyId == null
                ? null
                : KeyId.parse(keyId)
                        .orElseThrow(
                                () -> new BadRequest(ProblemCode.PARAMETER_INVALID, "keyId is not the id of a key"));
        return new AuditFilter(userId, key, actor, action, outcome, purpose, TimeRange.parse(from, to));
    }

    /** Equal for equal filters and for no others. */
    List<@Nullable String> canonical() {
        return Arrays.asList(
                userId,
                key == null ? null : key.text(),
                actor,
                action,
                outcome,
                purpose,
                text(range.from()),
                text(range.to()));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
