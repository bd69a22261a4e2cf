package io.byok.query.feed;

import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Where the read models stand, whichever node feeds them, and how much is parked. Neither makes a server unhealthy: it
 * serves what it has, and a caller who needs more names the position.
 */
final class FeedHealth implements HealthIndicator {

    private final DSLContext view;
    private final int lane;

    FeedHealth(DSLContext view, int lane) {
        this.view = view;
        this.lane = lane;
    }

    @Override
    public Health health() {
        try {
            Map<String, Long> positions = new TreeMap<>();
            Places.read(view, lane).forEach((name, place) -> positions.put(name, place.position()));
            return Health.up()
                    .withDetail("positions", positions)
                    .withDetail("parked", Parking.count(view))
                    .build();
        } catch (DataAccessException away) {
            return Health.unknown().build();
        }
    }
}
