package io.byok.query.audit.witness;

import io.byok.kernel.merkle.MissingNode;
import io.byok.query.feed.Lease;
import io.byok.query.jooq.tables.records.AuditCheckpointRecord;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows one witness the newest state of each log, again and again until it has cosigned it. A thread of its own for each
 * witness: one that is away, slow or lies costs its own cosignatures and nothing else.
 */
final class Cosigning {

    private static final Logger log = LoggerFactory.getLogger(Cosigning.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);
    private static final int AT_ONCE = 100;

    private final AskedWitness witness;
    private final int number;
    private final DataSource database;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Map<UUID, AskedWitness.Outcome> refused = new ConcurrentHashMap<>();
    private final Map<UUID, Long> askAgain = new ConcurrentHashMap<>();
    private volatile long waiting;
    private volatile String away = "";
    private Duration rest = LOOK;

    /** @param number of the witness, from 0 */
    Cosigning(AskedWitness witness, int number, DataSource database, MeterRegistry registry) {
        this.witness = witness;
        this.number = number;
        this.database = database;
        Gauge.builder("byok.audit.witness.waiting", () -> waiting)
                .description("Audit logs whose newest signed state a witness has not cosigned")
                .tag("witness", witness.name())
                .register(registry);
        Gauge.builder("byok.audit.witness.contradicted", () -> contradicted())
                .description("Audit logs of which a witness has seen another history, or a longer one")
                .tag("witness", witness.name())
                .register(registry);
    }

    String name() {
        return witness.name();
    }

    long waiting() {
        return waiting;
    }

    long contradicted() {
        return refused.values().stream()
                .filter(AskedWitness.Outcome.CONTRADICTED::equals)
                .count();
    }

    /** Why there is no answer, empty when there is. */
    String away() {
        return away;
    }

    void run() {
        while (!stops(rest)) {
            try (Lease lease = Lease.take(database, Lease.WITNESSES - number).orElse(null)) {
                if (lease != null) {
                    round();
                }
                rest = LOOK;
            } catch (WitnessCall.Away failed) {
                if (away.isEmpty()) {
                    log.warn("witness {} does not answer: {}", witness.name(), failed.getMessage());
                }
                away = String.valueOf(failed.getMessage());
                rest = rest.multipliedBy(2).compareTo(LONGEST_REST) < 0 ? rest.multipliedBy(2) : LONGEST_REST;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | SQLException e) {
                // Messages of databases quote values.
                log.warn(
                        "witness {} waits for the next round: {}",
                        witness.name(),
                        e.getClass().getSimpleName());
            }
        }
    }

    private void round() throws WitnessCall.Away, InterruptedException {
        List<AuditCheckpointRecord> missing = witness.missing(AT_ONCE);
        waiting = missing.size();
        for (AuditCheckpointRecord state : missing) {
            if (stopping.getCount() == 0) {
                return;
            }
            Long again = askAgain.get(state.getTenant());
            if (again == null || System.nanoTime() - again >= 0) {
                note(state, show(state));
                if (!away.isEmpty()) {
                    log.info("witness {} answers again", witness.name());
                    away = "";
                }
            }
        }
    }

    private AskedWitness.Outcome show(AuditCheckpointRecord state) throws WitnessCall.Away, InterruptedException {
        try {
            return witness.show(state);
        } catch (MissingNode broken) {
            // Its tiles were tampered with: the checkpointer says so, and there is no proof to show.
            return AskedWitness.Outcome.CONTRADICTED;
        }
    }

    private void note(AuditCheckpointRecord state, AskedWitness.Outcome outcome) {
        UUID tenant = state.getTenant();
        if (outcome == AskedWitness.Outcome.COSIGNED) {
            waiting--;
            refused.remove(tenant);
            askAgain.remove(tenant);
            return;
        }
        askAgain.put(tenant, System.nanoTime() + LONGEST_REST.toNanos());
        if (refused.put(tenant, outcome) == outcome) {
            return;
        }
        String origin = state.getNote().lines().findFirst().orElse("");
        switch (outcome) {
            case CONTRADICTED ->
                log.error(
                        "witness {} has seen another history of {} than its state of {} leaves: restore what was lost,"
                                + " and see docs/audit.md, \"Witnesses\"",
                        witness.name(),
                        origin,
                        state.getSize());
            case NOT_WITNESSED -> log.warn("witness {} does not know {}, or not its key", witness.name(), origin);
            case NONSENSE ->
                log.warn("witness {} answers without a cosignature of the key it should have", witness.name());
            case COSIGNED -> throw new IllegalStateException("cosigned is no refusal");
        }
    }

    private boolean stops(Duration wait) {
        try {
            return stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    void stop() {
        stopping.countDown();
    }
}
