package io.byok.command.validation;

import io.byok.command.provider.probe.Probed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a watcher sees of validation, as this node knows it. Labels are ids of the catalogue, the eight outcomes and words
 * of this class, so their number is bounded by the operator's own files; nothing is told of keys, users or tenants.
 */
final class ValidationMetrics {

    /** Why a key on the schedule was not asked about this time. */
    enum Skipped {
        /** It is revoked, deleted or erased, and leaves the schedule. */
        ENDED,
        /** Its tenant may do nothing now. */
        SUSPENDED,
        /** The catalogue no longer says how. */
        NOT_DESCRIBED,
        /** Something went wrong here; it is tried again. */
        FAILED;

        private String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What a call counts as that brought no reading: a fault of this server. */
    private static final String NO_OUTCOME = "fault";

    private final MeterRegistry registry;
    private final Map<String, AtomicInteger> inFlight = new ConcurrentHashMap<>();
    private volatile Duration lag = Duration.ZERO;
    private volatile @Nullable Instant looked;

    ValidationMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        Gauge.builder("byok.validation.lag", () -> lag.toMillis() / 1000.0)
                .description("how long the key that waited longest had been due, at this node's last look")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("byok.validation.looked", () -> sinceLook(clock))
                .description("since this node last looked for keys that are due")
                .baseUnit("seconds")
                .register(registry);
        for (Skipped why : Skipped.values()) {
            skipped(why); // there from the start, at zero
        }
    }

    /** One call to a provider. */
    final class Call implements AutoCloseable {

        private final String provider;
        private final AtomicInteger beside;
        private final long begin = System.nanoTime();
        private String outcome = NO_OUTCOME;

        private Call(String provider, AtomicInteger beside) {
            this.provider = provider;
            this.beside = beside;
            beside.incrementAndGet();
        }

        Probed ended(Probed probed) {
            outcome = State.of(probed.reading().outcome()).word();
            return probed;
        }

        @Override
        public void close() {
            beside.decrementAndGet();
            Timer.builder("byok.validation.calls")
                    .description("calls to providers that asked about a credential")
                    .tag("provider", provider)
                    .tag("outcome", outcome)
                    .register(registry)
                    .record(Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    /** @param waited for the turn */
    Call begins(String provider, Duration waited) {
        Timer.builder("byok.validation.waits")
                .description("waiting for a turn, of which each provider has byok.validation.at-once-per-provider")
                .tag("provider", provider)
                .register(registry)
                .record(waited);
        return new Call(provider, inFlight.computeIfAbsent(provider, this::gauge));
    }

    private AtomicInteger gauge(String provider) {
        AtomicInteger now = new AtomicInteger();
        Gauge.builder("byok.validation.in-flight", now, AtomicInteger::get)
                .description("calls to the provider that are under way")
                .tag("provider", provider)
                .register(registry);
        return now;
    }

    /** @param late how long the key that waits longest is due */
    void looked(Duration late, Instant at) {
        lag = late;
        looked = at;
    }

    Counter skipped(Skipped why) {
        return Counter.builder("byok.validation.skipped")
                .description("keys that were due and not asked about")
                .tag("reason", why.word())
                .register(registry);
    }

    private double sinceLook(Clock clock) {
        Instant last = looked;
        return last == null
                ? Double.NaN
                : Duration.between(last, clock.instant()).toMillis() / 1000.0;
    }
}
