package io.byok.command.use.domain;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What there is to decide about.
 *
 * @param keys the end user's
 * @param systemKeys the platform's
 * @param troubles of versions that callers complained about
 */
public record Situation(
        List<Candidate> keys, List<Candidate> systemKeys, FallbackPolicy policy, Map<Serving, Trouble> troubles) {
    @Nullable
    Trouble trouble(Serving serving) {
        return troubles.get(serving);
    }
}
