package io.byok.platform.web.door;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts credentials that are nobody's: whose tenant's trail would they belong in? Each is counted as a metric; the log
 * says it in one line a minute at most, however many there are, and nothing of what was sent.
 */
public final class Strangers {

    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final Counter counter;
    private final LongSupplier nanos;
    private final AtomicLong sinceSaid = new AtomicLong();
    private final AtomicLong sayAgain;

    public Strangers(MeterRegistry meters, LongSupplier nanos) {
        this.counter = Counter.builder("byok.access.unknown")
                .description("Requests with a credential that is nobody's")
                .register(meters);
        this.nanos = nanos;
        this.sayAgain = new AtomicLong(nanos.getAsLong());
    }

    void seen() {
        counter.increment();
        sinceSaid.incrementAndGet();
        long due = sayAgain.get();
        long now = nanos.getAsLong();
        if (now - due >= 0 && sayAgain.compareAndSet(due, now + PAUSE)) {
            LOG.warn("{} requests with a credential that is nobody's since this was last said", sinceSaid.getAndSet(0));
        }
    }
}
