package io.byok.command.erase;

import org.jooq.exception.DataAccessException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Shows operators which erasures are not over and whom the oldest waits for. Never "down": a store that is late is no
 * reason to stop serving everybody else.
 */
final class ErasureHealth implements HealthIndicator {

    private final ErasureHeads heads;
    private final ErasureSaga saga;

    ErasureHealth(ErasureHeads heads, ErasureSaga saga) {
        this.heads = heads;
        this.saga = saga;
    }

    @Override
    public Health health() {
        try {
            Health.Builder health = Health.up()
                    .withDetail("requested", heads.count(ErasureStatus.REQUESTED))
                    .withDetail("destroyed", heads.count(ErasureStatus.DESTROYED));
            heads.oldest()
                    .ifPresent(oldest -> health.withDetail("oldest", oldest.id().text())
                            .withDetail("since", oldest.requestedAt().toString())
                            .withDetail(
                                    "waitsFor",
                                    saga.words(oldest).stream()
                                            .filter(word -> !word.through())
                                            .map(word -> word.store() + " " + word.how())
                                            .toList()));
            return health.build();
        } catch (DataAccessException away) {
            return Health.unknown().build(); // that is another indicator's news
        }
    }
}
