package io.byok.query.key;

import io.byok.platform.web.BadRequest;
import io.byok.platform.web.ProblemCode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which keys are asked for; absent means any. Without a status, keys that were deleted are left out.
 *
 * @param system the platform's own keys only
 * @param statuses words of {@link KeyStatus} or {@code expired}; empty for all but deleted
 */
record KeyFilter(
        boolean system,
        @Nullable String userId,
        @Nullable String provider,
        @Nullable String environment,
        List<String> statuses,
        @Nullable String tag,
        @Nullable String health) {

    static KeyFilter of(
            @Nullable String userId,
            @Nullable String provider,
            @Nullable String environment,
            @Nullable String status,
            @Nullable String tag,
            @Nullable String health) {
        List<String> statuses = status == null
                ? List.of()
                : Arrays.stream(status.split(",", -1)).distinct().sorted().toList();
        for (String word : statuses) {
            if (!word.equals(KeyStatus.EXPIRED) && KeyStatus.named(word).isEmpty()) {
                throw new BadRequest(
                        ProblemCode.PARAMETER_INVALID,
                        "status takes active, disabled, revoked, deleted and expired, separated by commas");
            }
        }
        return new KeyFilter(false, userId, provider, environment, statuses, tag, health);
    }

    /** The platform's own of these. */
    KeyFilter ofThePlatform() {
        return new KeyFilter(true, null, provider, environment, statuses, tag, health);
    }

    /** Equal for equal filters and for no others. */
    List<@Nullable String> canonical() {
        return Arrays.asList(
                system ? "system" : null, userId, provider, environment, String.join(",", statuses), tag, health);
    }
}
