package io.byok.bench;

import io.byok.bench.Comparison.Better;
import io.byok.command.relay.Relay;
import io.byok.command.store.EventLog;
import io.byok.command.store.Lane;
import io.byok.command.store.LogConnections;
import io.byok.engines.EmbeddedKafkaEngine;
import io.byok.engines.EmbeddedPostgresEngine;
import io.byok.query.feed.BenchFeed;
import io.byok.query.feed.Projector;
import io.byok.query.replay.BenchReplays;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Events that lie in the store on their way through relay, Kafka and feed into all read models, beside Axon's pooled
 * processor, which needs no Kafka. At the end the read models are compared with a replay.
 */
public final class PipelineBench {

    private static final double GOAL_TUNED = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int MOST = 100_000;
    private static final String NOTES = "ours: sealed events through Kafka, acks=all, also the audit log's leaves and"
            + " trees, onto read models that grow from run to run, the relay's start included. theirs: plain JSON, no"
            + " Kafka, the same upserts without leaves and trees, onto empty tables";

    private final BenchLog log;
    private final EmbeddedKafkaEngine kafka;
    private final DataSource relaying;
    private final List<Projector> projectors;

    private PipelineBench(BenchLog log, EmbeddedKafkaEngine kafka) {
        EmbeddedPostgresEngine engine = log.database().engine();
        this.log = log;
        this.kafka = kafka;
        this.relaying = LogConnections.of(engine.jdbcUrl(), engine.username(), engine.password(), "byok-relay");
        this.projectors = ReplayBench.projectors(log);
    }

    /**
     * Measures.
     *
     * @param quick two runs
     * @param events per run, of which more than 100,000 are not taken; none means 100,000, or 20,000 when quick
     */
    public static List<Comparison> run(boolean quick, @Nullable Long events) throws Exception {
        int size = (int) Math.min(events == null ? (quick ? 20_000 : MOST) : events, MOST);
        try (EmbeddedKafkaEngine kafka = EmbeddedKafkaEngine.startEphemeral();
                BenchLog log = new BenchLog();
                AxonReplay axon = new AxonReplay(log.database().pool())) {
            axon.store(new BenchHistory().next(Math.min(size, quick ? 5_000 : 20_000)));
            return new PipelineBench(log, kafka).beside(axon, size, quick ? 2 : 5);
        }
    }

    private List<Comparison> beside(AxonReplay axon, int size, int runs) throws Exception {
        List<List<Double>> tuned = new ArrayList<>();
        List<List<Double>> stock = new ArrayList<>();
        DataSource database = log.database().pool();
        ours(size); // warm-up
        axon.run(4, 1_000);
        for (int run = 0; run < runs; run++) {
            double ours = ours(size);
            tuned.add(List.of(ours, axon.run(4, 1_000)));
            stock.add(List.of(ours, axon.run(16, 1)));
        }
        if (!BenchReplays.run(database, log.sealing(), projectors, false).equal()) {
            throw new IllegalStateException("the read models are not what a replay makes of the events");
        }
        return List.of(
                Comparison.of(
                        "pipeline-axon-tuned",
                        "events/s",
                        Better.HIGHER,
                        "Axon, batch 1,000, 4 segments",
                        GOAL_TUNED,
                        tuned,
                        NOTES),
                Comparison.of(
                        "pipeline-axon-stock",
                        "events/s",
                        Better.HIGHER,
                        "Axon, batch 1, 16 segments",
                        null,
                        stock,
                        NOTES));
    }

    /** From the start of the relay, when everything is stored, until all read models have everything. */
    private double ours(int events) throws SQLException, IOException, InterruptedException {
        log.growTo(log.end() + events);
        DataSource database = log.database().pool();
        long begin = System.nanoTime();
        try (Relay _ = new Relay(relaying, new EventLog(database), Lane.FIRST, kafka.bootstrapServers());
                BenchFeed feed = new BenchFeed(database, log.sealing(), projectors, kafka.bootstrapServers())) {
            feed.await(log.end(), PATIENCE);
            return events / ((System.nanoTime() - begin) / 1e9);
        }
    }
}
