package io.byok.query.feed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** How the feed is doing, as this node knows it. A node on standby shows what it last saw. */
final class FeedMetrics {

    private final MeterRegistry registry;
    private final Map<String, AtomicLong> positions = new ConcurrentHashMap<>();
    private final AtomicLong lag = new AtomicLong();
    private final AtomicLong parked = new AtomicLong();
    private final Counter gaps;

    FeedMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("byok.feed.lag", lag, AtomicLong::doubleValue)
                .description("Records in Kafka that the read models have not seen")
                .register(registry);
        Gauge.builder("byok.feed.parked", parked, AtomicLong::doubleValue)
                .description("Records that no read model could take, or that wait behind one")
                .register(registry);
        this.gaps = Counter.builder("byok.feed.gaps")
                .description("Times that Kafka did not deliver a position")
                .register(registry);
    }

    void position(String projection, long position) {
        positions
                .computeIfAbsent(projection, name -> {
                    AtomicLong value = new AtomicLong();
                    Gauge.builder("byok.feed.position", value, AtomicLong::doubleValue)
                            .description("The position in the log that a read model has reached")
                            .tag("projection", name)
                            .register(registry);
                    return value;
                })
                .set(position);
    }

    void lag(long records) {
        lag.set(records);
    }

    void parked(long records) {
        parked.set(records);
    }

    void gap() {
        gaps.increment();
    }
}
