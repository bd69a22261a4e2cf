package io.byok.command.use.domain;

import io.byok.kernel.chain.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What callers last said of a version that did not work.
 *
 * @param failure the last one
 * @param until it rests till then; absent when it may be tried
 */
public record Trouble(Failure failure, @Nullable Instant until) {
    boolean restsAt(Instant at) {
        return until != null && at.isBefore(until);
    }
}
