package io.byok.bench;

import io.byok.bench.Comparison.Better;
import io.byok.query.audit.AuditProjector;
import io.byok.query.audit.tree.AuditTrees;
import io.byok.query.audit.tree.Blinds;
import io.byok.query.chain.ChainProjector;
import io.byok.query.feed.Projector;
import io.byok.query.key.KeyProjector;
import io.byok.query.replay.BenchReplays;
import io.byok.query.usage.UsageProjector;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilding all read models from the event store, beside Axon's pooled processor (tuned and as it comes) and beside what
 * PostgreSQL and the seals allow. After each of our runs live and replayed read models are compared by digest.
 */
public final class ReplayBench {

    private static final String NOTES = "all read models with all their indexes, from sealed events, logged tables."
            + " ours: also the audit log's leaves and trees. theirs: ";
    private static final String AXON = "plain JSON, the same upserts without leaves and trees, no digests";
    private static final double GOAL_TUNED = 15;
    private static final double GOAL_LIMIT = 0.5;
    private static final double GOAL_FLAT = 0.8; // the rate may fall by a fifth over a hundred times the history

    private final BenchLog log;
    private final List<Projector> projectors;

    private ReplayBench(BenchLog log) {
        this.log = log;
        this.projectors = projectors(log);
    }

    /**
     * Measures.
     *
     * @param quick two runs
     * @param events in the longest history; none means a million, or a tenth of it when quick
     */
    public static List<Comparison> run(boolean quick, @Nullable Long events) throws Exception {
        long most = events == null ? (quick ? 100_000 : 1_000_000) : events;
        int runs = quick ? 2 : 5;
        List<Comparison> all = new ArrayList<>();
        try (BenchLog log = new BenchLog();
                AxonReplay axon = new AxonReplay(log.database().pool())) {
            ReplayBench bench = new ReplayBench(log);
            long begin = Math.min(quick ? 50_000 : 100_000, most);
            log.growTo(begin);
            axon.store(new BenchHistory().next((int) Math.min(quick ? 5_000 : 20_000, most)));
            bench.warm(begin);
            all.addAll(bench.beside(axon, begin, runs));
            double atBegin = bench.ours(begin);
            log.growTo(most);
            bench.warm(most);
            all.addAll(bench.beside(new BareCopy(log), most, atBegin, quick ? 1 : 5));
        }
        return all;
    }

    /** Makes the live read models what they should be, so that later runs have something to be equal to. */
    private void warm(long events) throws SQLException {
        stand(events);
        BenchReplays.run(log.database().pool(), log.sealing(), projectors, true);
        ours(events);
    }

    private List<Comparison> beside(AxonReplay axon, long events, int runs) throws InterruptedException {
        List<List<Double>> tuned = new ArrayList<>();
        List<List<Double>> stock = new ArrayList<>();
        axon.run(4, 1_000); // warm-up
        for (int run = 0; run < runs; run++) {
            double ours = ours(events);
            tuned.add(List.of(ours, axon.run(4, 1_000)));
            stock.add(List.of(ours, axon.run(16, 1)));
        }
        return List.of(
                Comparison.of(
                        "replay-axon-tuned",
                        "events/s",
                        Better.HIGHER,
                        "Axon, batch 1,000, 4 segments",
                        GOAL_TUNED,
                        tuned,
                        NOTES + AXON),
                Comparison.of(
                        "replay-axon-stock",
                        "events/s",
                        Better.HIGHER,
                        "Axon, batch 1, 16 segments",
                        null,
                        stock,
                        NOTES + AXON));
    }

    private List<Comparison> beside(BareCopy bare, long events, double before, int runs) throws SQLException {
        List<List<Double>> limit = new ArrayList<>();
        List<List<Double>> seconds = new ArrayList<>();
        List<List<Double>> flat = new ArrayList<>();
        bare.run(events);
        for (int run = 0; run < runs; run++) {
            double ours = ours(events);
            double theirs = bare.run(events);
            limit.add(List.of(ours, theirs));
            seconds.add(List.of(events / ours, events / theirs));
            flat.add(List.of(ours, before));
        }
        String size = events + " events";
        return List.of(
                Comparison.of(
                        "replay-limit",
                        "events/s",
                        Better.HIGHER,
                        "COPY, seals opened, one thread",
                        GOAL_LIMIT,
                        limit,
                        NOTES + "nothing read of what is in the seals, nothing written"),
                Comparison.of(
                        "replay-seconds",
                        "s",
                        Better.LOWER,
                        "COPY, seals opened, one thread",
                        null,
                        seconds,
                        size + "; the goal is 10 s for a million"),
                Comparison.of(
                        "replay-flat",
                        "events/s",
                        Better.HIGHER,
                        "ours over the first part of it",
                        GOAL_FLAT,
                        flat,
                        size));
    }

    private double ours(long events) {
        log.database().checkpoint();
        BenchReplays.Took took = BenchReplays.run(log.database().pool(), log.sealing(), projectors, true);
        if (!took.equal()) {
            throw new IllegalStateException("live and replayed read models differ");
        }
        return events / took.replay();
    }

    private void stand(long position) throws SQLException {
        try (Connection connection = log.database().pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update view.projection set position = " + position);
        }
    }

    static List<Projector> projectors(BenchLog log) {
        return List.of(
                new KeyProjector(),
                new ChainProjector(),
                new UsageProjector(),
                new AuditProjector(new AuditTrees(Blinds.from(log.hash()))));
    }
}
