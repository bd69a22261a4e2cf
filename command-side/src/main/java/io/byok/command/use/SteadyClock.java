package io.byok.command.use;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Counts from the moment it is made, and nobody puts it forward or back. For how long something is to last; what it shows
 * is the true time no longer once the machine's clock was corrected.
 */
final class SteadyClock extends Clock {

    private final Clock wall;
    private final Instant begin;
    private final long nanos = System.nanoTime();

    SteadyClock(Clock wall) {
        this.wall = wall;
        this.begin = wall.instant();
    }

    @Override
    public Instant instant() {
        return begin.plusNanos(System.nanoTime() - nanos);
    }

    @Override
    public ZoneId getZone() {
        return wall.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SteadyClock(wall.withZone(zone));
    }
}
