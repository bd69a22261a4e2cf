package io.byok.command.rotation;

import io.byok.platform.seal.KeyLevel;
import io.byok.platform.seal.KeysUnavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a watcher sees: {@code byok.keys.renewed} and {@code byok.keys.remaining} of rotations that this node runs,
 * {@code byok.keys.age} in seconds, per level. The age is that of the newest version of the key that waits longest; when
 * it passes the period of the policy, a warning is logged once a day.
 */
final class RotationMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(RotationMetrics.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);
    private static final Duration BETWEEN_WARNINGS = Duration.ofDays(1);

    private final Levels levels;
    private final Duration period;
    private final Clock clock;
    private final Map<KeyLevel, Counter> renewed = new EnumMap<>(KeyLevel.class);
    private final Map<KeyLevel, AtomicLong> remaining = new EnumMap<>(KeyLevel.class);
    private final Map<KeyLevel, Instant> oldest = new ConcurrentHashMap<>();
    private @Nullable Instant looked;
    private @Nullable Instant warned;

    /** @param period how long a key may be used to seal, for every level */
    RotationMetrics(MeterRegistry registry, Levels levels, Duration period, Clock clock) {
        this.levels = levels;
        this.period = period;
        this.clock = clock;
        for (KeyLevel level : KeyLevel.values()) {
            AtomicLong left = new AtomicLong();
            remaining.put(level, left);
            renewed.put(
                    level,
                    Counter.builder("byok.keys.renewed")
                            .description("wraps and sealed credentials that rotation has renewed")
                            .tag("level", level.word())
                            .register(registry));
            Gauge.builder("byok.keys.remaining", left, AtomicLong::get)
                    .description("wraps and sealed credentials under an old version, while rotation runs here")
                    .tag("level", level.word())
                    .register(registry);
            Gauge.builder("byok.keys.age", () -> age(level))
                    .description("of the newest version of the key that waits longest for rotation")
                    .baseUnit("seconds")
                    .tag("level", level.word())
                    .register(registry);
        }
    }

    void renewed(KeyLevel level, int count) {
        Counter counter = renewed.get(level);
        if (counter != null) {
            counter.increment(count);
        }
    }

    void remaining(KeyLevel level, long left) {
        AtomicLong known = remaining.get(level);
        if (known != null) {
            known.set(left);
        }
    }

    void agesChanged() {
        looked = null;
    }

    /** Asks the database once an hour, and after a rotation. */
    void lookAtAges() {
        Instant now = clock.instant();
        if (looked != null && now.isBefore(looked.plus(BETWEEN_LOOKS))) {
            return;
        }
        try {
            for (KeyLevel level : KeyLevel.values()) {
                levels.of(level).oldest().ifPresent(made -> oldest.put(level, made));
            }
            looked = now;
            warn(now);
        } catch (KeysUnavailable away) {
            LOG.debug("the ages of keys are not known now");
        }
    }

    private void warn(Instant now) {
        if (warned != null && now.isBefore(warned.plus(BETWEEN_WARNINGS))) {
            return;
        }
        oldest.forEach((level, made) -> {
            if (made.plus(period).isBefore(now)) {
                warned = now;
                LOG.warn(
                        "a {} key is {} days old, older than byok.rotation.period: run ./byok keys rotate-kek --level {}",
                        level.word(),
                        Duration.between(made, now).toDays(),
                        level.word());
            }
        });
    }

    private double age(KeyLevel level) {
        Instant made = oldest.get(level);
        return made == null
                ? Double.NaN
                : Duration.between(made, clock.instant()).toSeconds();
    }
}
