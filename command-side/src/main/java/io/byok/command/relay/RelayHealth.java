package io.byok.command.relay;

import io.byok.command.store.LogUnavailable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * How far the brokers are behind the log. Lag alone does not make a server unhealthy: commands do not wait for it, and
 * nobody's restart would lessen it.
 */
final class RelayHealth implements HealthIndicator {

    private final Relay relay;

    RelayHealth(Relay relay) {
        this.relay = relay;
    }

    @Override
    public Health health() {
        try {
            return Health.up()
                    .withDetail("active", relay.active())
                    .withDetail("lag", relay.lag())
                    .build();
        } catch (LogUnavailable away) {
            return Health.unknown().withDetail("active", relay.active()).build();
        }
    }
}
