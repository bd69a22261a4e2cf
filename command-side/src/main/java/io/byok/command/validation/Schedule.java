package io.byok.command.validation;

import io.byok.command.provider.Outcome;
import io.byok.command.provider.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When a key is asked about again: each day or so, sooner when the last answer said nothing about it. Never at the same
 * time for all: a sweep of a million keys at midnight is what providers block.
 */
final class Schedule {

    private static final Duration AFTER_NO_ANSWER = Duration.ofMinutes(15);
    private static final Duration AFTER_RATE_LIMIT = Duration.ofHours(1);
    private static final double JITTER = 0.25;

    private final Duration every;
    private final DoubleSupplier chance;

    /**
     * @param every zero for never
     * @param chance evenly from 0 to 1
     */
    Schedule(Duration every, DoubleSupplier chance) {
        this.every = every;
        this.chance = chance;
    }

    /** Absent when nothing is asked by itself. */
    @Nullable
    Instant next(Instant now, Reading last) {
        if (every.isZero()) {
            return null;
        }
        Duration wait = last.outcome() == Outcome.UNREACHABLE
                ? AFTER_NO_ANSWER
                : last.outcome() == Outcome.RATE_LIMITED ? atLeast(AFTER_RATE_LIMIT, last.retryAfter()) : every;
        double factor = 1 - JITTER + 2 * JITTER * chance.getAsDouble();
        return now.plusMillis((long) (wait.toMillis() * factor));
    }

    private static Duration atLeast(Duration one, @Nullable Duration other) {
        return other != null && other.compareTo(one) > 0 ? other : one;
    }
}
