package io.byok.command.use.domain;

import io.byok.kernel.KeyId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which key serves, and what became of every other one.
 *
 * @param chosen absent when none may serve
 * @param considered all candidates, in the order in which they were looked at
 */
public record Decision(@Nullable Choice chosen, List<Considered> considered) {

    /** @param source whose key it is: {@code user}, or {@code fallback} in place of one that was excluded */
    public record Choice(KeyId key, int version, String source) {}

    /**
     * One candidate.
     *
     * @param outcome {@code chosen} or {@code skipped}
     * @param because a stable word
     */
    public record Considered(KeyId keyId, int version, String outcome, String because) {}
}
