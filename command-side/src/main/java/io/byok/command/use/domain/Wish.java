package io.byok.command.use.domain;

import io.byok.kernel.chain.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for.
 *
 * @param model what the key is for, absent when not said
 * @param excluded what just failed and is not wanted again
 * @param because why it failed, absent when not said
 * @param tries how many tries have failed so far
 */
public record Wish(
        @Nullable String model,
        List<Excluded> excluded,
        @Nullable Failure because,
        int tries) {

    /** Nothing failed yet, or nobody counted: each thing excluded was a try. */
    public Wish {
        excluded = List.copyOf(excluded);
        tries = Math.max(tries, excluded.size());
    }

    boolean excludes(Candidate candidate, int version) {
        return excluded.stream().anyMatch(one -> one.covers(candidate, version));
    }
}
