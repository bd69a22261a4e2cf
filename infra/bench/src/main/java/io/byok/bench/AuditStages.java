package io.byok.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import io.byok.bench.Comparison.Better;
import io.byok.command.store.Appender;
import io.byok.command.store.Entry;
import io.byok.command.store.Row;
import io.byok.kernel.TenantId;
import io.byok.platform.event.SealedEvent;
import io.byok.query.feed.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the same records of uses cost at each stage of the pipeline, in leaves a second: appended to the event store, opened,
 * written into the audit trail, appended to the trees. One stage after the other, so that none has a processor less.
 */
final class AuditStages {

    private static final int EVENTS = 500;
    private static final int USES = 9;
    private static final int LEAVES = EVENTS * (USES + 1);
    private static final int CALLERS = 512;
    private static final int RUNS = 5;
    private static final TenantId OTHER = new TenantId(UuidCreator.getTimeOrderedEpoch());
    private static final String NOTES = "batches of " + EVENTS + " events with " + USES
            + " uses each; ours makes the leaves and keeps the tenant's tree and the platform's, durable. ";

    private final AuditBenchLog log;
    private final Map<String, List<Double>> stages = new LinkedHashMap<>();
    private final List<List<Double>> rows = new ArrayList<>();
    private long position;

    AuditStages(AuditBenchLog log) {
        this.log = log;
    }

    /**
     * Measures, and leaves a log behind.
     *
     * @param leaves in it at the end, at least
     * @param store how long the event store is measured in each run
     */
    List<Comparison> run(long leaves, Duration store) throws Exception {
        try (Appender appender = log.appender()) {
            round(LEAVES, appender, store);
            stages.clear(); // that was the warm-up
            rows.clear();
            for (int run = 0; run < RUNS; run++) {
                round(leaves / RUNS, appender, store);
            }
        }
        return List.of(
                beside(),
                Comparison.of(
                        "audit-rows",
                        "leaves/s",
                        Better.HIGHER,
                        "PostgreSQL, the same leaf rows without a tree",
                        null,
                        rows,
                        NOTES));
    }

    /** The slowest of the others is what the tree must not be slower than. */
    private Comparison beside() {
        List<Double> trees = Objects.requireNonNull(stages.remove("trees"));
        Map.Entry<String, List<Double>> slowest = stages.entrySet().stream()
                .min(Comparator.comparing(stage -> Comparison.median(stage.getValue())))
                .orElseThrow();
        List<List<Double>> runs = new ArrayList<>();
        for (int run = 0; run < trees.size(); run++) {
            runs.add(List.of(trees.get(run), slowest.getValue().get(run)));
        }
        StringBuilder others = new StringBuilder(NOTES + "All other stages, medians:");
        stages.forEach((name, rates) -> others.append(" %s %.0f;".formatted(name, Comparison.median(rates))));
        return Comparison.of(
                "audit-append",
                "leaves/s",
                Better.HIGHER,
                "the slowest other stage: " + slowest.getKey(),
                1.0,
                runs,
                others.toString());
    }

    private void round(long leaves, Appender appender, Duration store) throws Exception {
        long trees = 0;
        long bare = 0;
        long opening = 0;
        long done = 0;
        for (; done < leaves; done += LEAVES) {
            List<SealedEvent> sealed = sealed(AuditBenchLog.TENANT);
            long begin = System.nanoTime();
            Batch batch = opened(sealed);
            long opened = System.nanoTime();
            log.append(batch);
            long appended = System.nanoTime();
            log.copy();
            bare += System.nanoTime() - appended;
            trees += appended - opened;
            opening += opened - begin;
        }
        stage("opening", done, opening);
        stage("trees", done, trees);
        rows.add(List.of(done * 1e9 / trees, done * 1e9 / bare));
        trail(trees / (double) done);
        SealedEvent like = sealed(OTHER).getFirst();
        stages.computeIfAbsent("event store", _ -> new ArrayList<>())
                .add((USES + 1)
                        * Load.of(CALLERS, store, () -> appender.append(new One(like)))
                                .perSecond());
    }

    /** The audit trail's part of its projector: all of it without the trees, whose cost is known. */
    private void trail(double nanosOfTrees) throws Exception {
        long took = 0;
        long done = 0;
        for (; done < 4 * LEAVES; done += LEAVES) {
            Batch batch = opened(sealed(OTHER));
            long begin = System.nanoTime();
            log.project(batch);
            took += System.nanoTime() - begin;
        }
        stage("audit trail", done, Math.max(1, took - Math.round(nanosOfTrees * done)));
    }

    private void stage(String name, long leaves, long nanos) {
        stages.computeIfAbsent(name, _ -> new ArrayList<>()).add(leaves * 1e9 / nanos);
    }

    private Batch opened(List<SealedEvent> sealed) {
        List<Batch.Entry> entries = new ArrayList<>(sealed.size());
        for (SealedEvent event : sealed) {
            entries.add(new Batch.Entry(++position, log.open(event)));
        }
        return new Batch(entries);
    }

    private List<SealedEvent> sealed(TenantId tenant) {
        List<SealedEvent> events = new ArrayList<>(EVENTS);
        for (int i = 0; i < EVENTS; i++) {
            events.add(log.seal(AuditBenchUses.event(tenant, USES)));
        }
        return events;
    }

    /** An event as long as the given one. */
    private record One(SealedEvent like) implements Entry {

        @Override
        public List<Row<?>> rows() {
            return List.of();
        }

        @Override
        public List<SealedEvent> events() {
            return List.of(new SealedEvent(
                    UuidCreator.getTimeOrderedEpoch(),
                    like.tenant(),
                    null,
                    AuditBenchUses.stream(),
                    0,
                    like.name(),
                    like.occurredAt(),
                    like.payload()));
        }
    }
}
