package io.byok.command.use.domain;

import io.byok.kernel.KeyId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which key serves, and what became of every other one.
 *
 * @param chosen absent when none may serve
 * @param considered all candidates, in the order in which they were looked at
 * @param retryAfter with a choice, how long to wait before using it; without one, when asking again may help; absent for
 *     at once, or never
 */
public record Decision(
        @Nullable Choice chosen,
        List<Considered> considered,
        @Nullable Duration retryAfter) {

    /**
     * What serves.
     *
     * @param source whose key it is: {@code user}, {@code fallback} for another of the user's in place of one that
     *     failed, or {@code system} for one that the platform pays for
     */
    public record Choice(KeyId key, int version, String source) {
        public Serving serving() {
            return new Serving(key, version);
        }

        public boolean isSystem() {
            return source.equals(Resolution.SYSTEM);
        }
    }

    /**
     * One candidate.
     *
     * @param outcome {@code chosen} or {@code skipped}
     * @param because a stable word
     */
    public record Considered(KeyId keyId, int version, String outcome, String because) {}
}
