package io.byok.command.use;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.byok.command.use.domain.Candidate;
import io.byok.command.use.domain.Serving;
import io.byok.command.use.domain.Trouble;
import io.byok.kernel.chain.Failure;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A circuit for each version that callers told something of: opened by failures, tried again after a rest, closed by
 * successes. Kept by each node for itself, from what it was told; a node that was told nothing hands the key out, and is
 * told. At most {@value #MOST} of them, forgotten an hour after the last word.
 */
final class Circuits {

    static final int MOST = 10_000;

    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
    private static final Duration LONGEST_REST = Duration.ofMinutes(10);

    private final Cache<Serving, Circuit> circuits;
    private final CircuitBreakerConfig config;
    private final Duration rest;
    private final Clock steady;
    private final Clock wall;

    /** @param rest how long an open circuit stays open, unless the provider said how long */
    Circuits(Duration rest, Clock clock) {
        this(rest, new SteadyClock(clock), clock);
    }

    /**
     * With a clock of the caller's choice for what lasts.
     *
     * @param steady for how long circuits rest: a wall clock that is put back would keep a key closed off for as long
     * @param wall in whose time it is told till when
     */
    Circuits(Duration rest, Clock steady, Clock wall) {
        this.rest = rest;
        this.steady = steady;
        this.wall = wall;
        this.circuits = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(FORGOTTEN_AFTER)
                .build();
        this.config = CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(10)
                .minimumNumberOfCalls(5)
                .failureRateThreshold(50)
                .waitDurationInOpenState(rest)
                .permittedNumberOfCallsInHalfOpenState(3)
                .maxWaitDurationInHalfOpenState(Duration.ofMinutes(1))
                .clock(steady)
                .build();
    }

    /**
     * What a caller says became of a version that it was given.
     *
     * @param failure absent for a success
     * @param retryAfter how long the provider wants to be left alone, absent when it did not say
     */
    void observed(Serving serving, @Nullable Failure failure, @Nullable Duration retryAfter) {
        if (failure == null) {
            Circuit known = circuits.getIfPresent(serving);
            if (known != null) {
                known.succeeded();
            }
            return;
        }
        Circuit circuit = circuits.get(serving, unknown -> new Circuit(config, rest));
        circuit.failed(failure, atOnce(failure, retryAfter), steady.instant());
    }

    /** How long a failure that leaves no doubt closes the key off; absent for one that has to come more often. */
    private @Nullable Duration atOnce(Failure failure, @Nullable Duration retryAfter) {
        if (retryAfter != null && failure.isPassing()) {
            return retryAfter.compareTo(LONGEST_REST) < 0 ? retryAfter : LONGEST_REST;
        }
        return failure == Failure.INVALID || failure == Failure.NO_QUOTA ? rest : null;
    }

    /** What is known of the versions of these keys. */
    Map<Serving, Trouble> troubles(Collection<Candidate> keys) {
        if (circuits.estimatedSize() == 0) {
            return Map.of();
        }
        Map<Serving, Trouble> troubles = new HashMap<>();
        Duration put = Duration.between(steady.instant(), wall.instant());
        for (Candidate key : keys) {
            note(new Serving(key.key(), key.version()), put, troubles);
            if (key.previousVersion() != null) {
                note(new Serving(key.key(), key.previousVersion()), put, troubles);
            }
        }
        return troubles;
    }

    private void note(Serving serving, Duration put, Map<Serving, Trouble> troubles) {
        Circuit circuit = circuits.getIfPresent(serving);
        Trouble trouble = circuit == null ? null : circuit.trouble();
        if (trouble != null) {
            Instant until = trouble.until();
            troubles.put(serving, new Trouble(trouble.failure(), until == null ? null : until.plus(put)));
        }
    }

    /** Whether a version may be handed out now: after a rest only a few at a time are, until they are known to work. */
    boolean permit(Serving serving) {
        Circuit circuit = circuits.getIfPresent(serving);
        return circuit == null || circuit.permit(steady.instant());
    }
}
