package io.byok.query.audit.witness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/** All witnesses together. Never "down": a state without a cosignature is no reason to stop serving. */
final class Witnesses implements SmartLifecycle, HealthIndicator {

    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final List<Cosigning> all;
    private final WitnessCall call;
    private final List<Thread> threads = new ArrayList<>();

    Witnesses(List<Cosigning> all, WitnessCall call) {
        this.all = all;
        this.call = call;
    }

    @Override
    public void start() {
        for (Cosigning one : all) {
            threads.add(Thread.ofPlatform()
                    .name("byok-witness-" + one.name())
                    .daemon()
                    .start(one::run));
        }
    }

    @Override
    public void stop() {
        all.forEach(Cosigning::stop);
        call.close();
        try {
            for (Thread thread : threads) {
                boolean _ = thread.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return !threads.isEmpty();
    }

    /** Stops before the checkpointer does. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        for (Cosigning one : all) {
            Map<String, Object> said = new LinkedHashMap<>();
            said.put("waiting", one.waiting());
            said.put("contradicted", one.contradicted());
            if (!one.away().isEmpty()) {
                said.put("away", one.away());
            }
            health.withDetail(one.name(), said);
        }
        return health.build();
    }
}
