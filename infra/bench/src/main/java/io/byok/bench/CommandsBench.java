package io.byok.bench;

import io.byok.bench.Comparison.Better;
import io.byok.command.store.Appender;
import io.byok.command.store.EventLog;
import io.byok.command.store.Lane;
import io.byok.command.store.LogConnections;
import io.byok.command.store.PostgresEventStorageEngine;
import io.byok.command.store.PrefixedStreamNames;
import io.byok.command.store.SealedMessages;
import io.byok.command.store.StreamMemory;
import io.byok.platform.event.EventJson;
import io.byok.platform.event.SealedEvents;
import io.byok.platform.seal.Keyring;
import io.byok.platform.seal.KeyringFile;
import io.byok.platform.seal.TenantKeks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.common.jdbc.DataSourceConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/**
 * The same commands through the same Axon, over our engine and over Axon's own, on one PostgreSQL, in turns. After each
 * run the rows that a side has stored are counted against the commands it has acknowledged.
 */
public final class CommandsBench {

    private static final int[] CALLERS = {1, 16, 64};
    private static final int KEYS = 4000;
    private static final String PEER = "stock Axon 4.13 (JdbcEventStorageEngine, Jackson)";
    private static final String NOTES = "both: Axon's bus, repository and the same aggregate; one event per command,"
            + " fsync per commit. ours: sealed payloads, one transaction for many commands, no snapshot table, no HTTP,"
            + " no rows beside the events, streams remembered. theirs: plain JSON, one transaction per command, every"
            + " load from the database, as by default: Axon's cache of aggregates is for one node only";

    private final Map<String, List<List<Double>>> runs = new TreeMap<>();
    private final BenchDatabase database;
    private final KeyCommands ours;
    private final KeyCommands theirs;

    private CommandsBench(BenchDatabase database, KeyCommands ours, KeyCommands theirs) {
        this.database = database;
        this.ours = ours;
        this.theirs = theirs;
    }

    /** @param quick two runs of two seconds each (about two minutes) instead of five of six (about ten) */
    public static List<Comparison> run(boolean quick) throws IOException {
        try (BenchDatabase database = new BenchDatabase();
                Appender appender = new Appender(
                        LogConnections.of(
                                database.engine().jdbcUrl(),
                                database.engine().username(),
                                database.engine().password(),
                                "bench"),
                        Lane.FIRST);
                KeyCommands ours = new KeyCommands(ours(database, appender));
                KeyCommands theirs = new KeyCommands(theirs(database))) {
            CommandsBench bench = new CommandsBench(database, ours, theirs);
            bench.measure(quick);
            return bench.comparisons();
        }
    }

    private static EventStorageEngine ours(BenchDatabase database, Appender appender) throws IOException {
        Path directory = Files.createTempDirectory("byok-bench-");
        TenantKeks keks = new TenantKeks(
                database.pool(),
                KeyringFile.openOrCreate(directory.resolve("keyring")).roots());
        Keyring keyring = new Keyring(database.pool(), keks);
        SealedMessages messages =
                new SealedMessages(new SealedEvents(keyring, new EventJson()), new PrefixedStreamNames());
        return new PostgresEventStorageEngine(
                appender, new EventLog(database.pool()), messages, new StreamMemory(50_000));
    }

    private static EventStorageEngine theirs(BenchDatabase database) {
        Serializer json = Jackson3Serializer.builder().build();
        JdbcEventStorageEngine engine = JdbcEventStorageEngine.builder()
                .eventSerializer(json)
                .snapshotSerializer(json)
                .connectionProvider(
                        new UnitOfWorkAwareConnectionProviderWrapper(new DataSourceConnectionProvider(database.pool())))
                .transactionManager(NoTransactionManager.INSTANCE)
                .schema(EventSchema.builder().build())
                .build();
        engine.createSchema(PostgresEventTableFactory.INSTANCE);
        return engine;
    }

    private void measure(boolean quick) {
        Duration length = Duration.ofSeconds(quick ? 2 : 6);
        for (int run = quick ? 0 : -1; run < (quick ? 2 : 5); run++) {
            if (run <= 0) {
                warm(length);
            }
            for (int callers : CALLERS) {
                pair("create", callers, length, false);
                pair("rotate", callers, length, true);
            }
            if (run < 0) {
                runs.clear(); // the whole first round is warm-up
            }
        }
    }

    private void warm(Duration length) {
        for (KeyCommands side : List.of(ours, theirs)) {
            side.prepare(KEYS);
            Load.of(16, length, side::add);
            Load.of(16, length, side::rotate);
        }
    }

    private void pair(String what, int callers, Duration length, boolean rotate) {
        Load mine = one(ours, "log.event", callers, length, rotate);
        Load other = one(theirs, "DomainEventEntry", callers, length, rotate);
        note("commands-" + what + "-" + callers, mine.perSecond(), other.perSecond());
        if (callers == 1) {
            note("commands-" + what + "-1-p50", mine.p50(), other.p50());
        }
    }

    private void note(String name, double ours, double theirs) {
        runs.computeIfAbsent(name, n -> new ArrayList<>()).add(List.of(ours, theirs));
    }

    private Load one(KeyCommands side, String table, int callers, Duration length, boolean rotate) {
        if (rotate) {
            side.prepare(KEYS);
        }
        database.checkpoint();
        long before = database.count(table);
        Load load = Load.of(callers, length, rotate ? side::rotate : side::add);
        long stored = database.count(table) - before;
        if (stored != load.done()) {
            throw new IllegalStateException(load.done() + " commands acknowledged, " + stored + " events stored");
        }
        return load;
    }

    private List<Comparison> comparisons() {
        List<Comparison> comparisons = new ArrayList<>();
        runs.forEach((name, pairs) -> {
            boolean latency = name.endsWith("-p50");
            comparisons.add(Comparison.of(
                    name,
                    latency ? "ms" : "commands/s",
                    latency ? Better.LOWER : Better.HIGHER,
                    PEER,
                    goal(name),
                    pairs,
                    NOTES));
        });
        return comparisons;
    }

    /** The goals are for many callers; a lone one gains nothing from a shared transaction and must lose nothing. */
    private static double goal(String name) {
        if (name.endsWith("-1") || name.endsWith("-p50")) {
            return 1.0;
        }
        return name.contains("create") ? 5.0 : 10.0;
    }
}
