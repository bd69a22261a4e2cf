package io.byok.command.use;

import io.byok.command.use.domain.Trouble;
import io.byok.kernel.chain.Failure;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The circuit of one version of one key. The breaker counts; what it rests till stands here, for the explanation. */
final class Circuit {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final RuntimeException REPORTED = new Reported();

    private final CircuitBreaker breaker;
    private final Duration rest;
    private @Nullable Failure last;
    private @Nullable Instant until;

    Circuit(CircuitBreakerConfig config, Duration rest) {
        this.breaker = CircuitBreaker.of("key", config);
        this.rest = rest;
    }

    /** Any failure will do: the breaker only counts. */
    private static final class Reported extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Reported() {
            super("reported", null, false, false);
        }
    }

    synchronized void succeeded() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        if (breaker.getState() == State.CLOSED) {
            last = null;
            until = null;
        }
    }

    /** @param atOnce opens for that long, whatever the count; absent to let the count decide */
    synchronized void failed(Failure failure, @Nullable Duration atOnce, Instant now) {
        last = failure;
        breaker.onError(0, TimeUnit.NANOSECONDS, REPORTED);
        if (atOnce != null) {
            breaker.transitionToOpenStateFor(atOnce);
            until = now.plus(atOnce);
        } else if (breaker.getState() == State.OPEN && (until == null || !now.isBefore(until))) {
            until = now.plus(rest);
        }
    }

    synchronized @Nullable Trouble trouble() {
        return last == null ? null : new Trouble(last, until);
    }

    synchronized boolean permit(Instant now) {
        if (breaker.getState() == State.CLOSED) {
            return true;
        }
        boolean may = breaker.tryAcquirePermission();
        if (!may && (until == null || !now.isBefore(until))) {
            until = now.plus(PAUSE); // others are trying it already
        }
        return may;
    }
}
