package io.byok.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import io.byok.bench.Comparison.Better;
import io.byok.command.store.Appender;
import io.byok.command.store.Entry;
import io.byok.command.store.Lane;
import io.byok.command.store.LogConnections;
import io.byok.command.store.Row;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.TenantId;
import io.byok.platform.event.EventNames;
import io.byok.platform.event.SealedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The appender beside what PostgreSQL itself takes: the same rows into the same table and indexes by multi-row insert, 100
 * per commit, over two connections that need not agree on anything.
 */
public final class AppendBench {

    private static final int ROWS = 100;
    private static final byte[] PAYLOAD = new byte[500];
    private static final TenantId TENANT = new TenantId(UuidCreator.getTimeOrderedEpoch());
    private static final double GOAL_AT_512 = 0.7;
    private static final String PEER = "PostgreSQL multi-row insert, 100 rows per commit, two connections";
    private static final String NOTES =
            "500 bytes of payload, a new stream each, fsync per commit. ours: every event has"
                    + " a caller who waits for it, positions in the order of commits, streams checked. theirs: none of that";

    private AppendBench() {}

    /** @param quick two runs of two seconds instead of five of six */
    public static List<Comparison> run(boolean quick) throws SQLException {
        Duration length = Duration.ofSeconds(quick ? 2 : 6);
        List<List<Double>> at64 = new ArrayList<>();
        List<List<Double>> at512 = new ArrayList<>();
        try (BenchDatabase database = new BenchDatabase();
                Appender appender = new Appender(
                        LogConnections.of(
                                database.engine().jdbcUrl(),
                                database.engine().username(),
                                database.engine().password(),
                                "bench"),
                        Lane.FIRST)) {
            twin(database);
            ours(database, appender, 512, length); // warm-up
            limit(database, length);
            for (int run = 0; run < (quick ? 2 : 5); run++) {
                at64.add(List.of(ours(database, appender, 64, length), limit(database, length)));
                at512.add(List.of(ours(database, appender, 512, length), limit(database, length)));
            }
        }
        return List.of(
                Comparison.of("append-64", "events/s", Better.HIGHER, PEER, null, at64, NOTES),
                Comparison.of("append-512", "events/s", Better.HIGHER, PEER, GOAL_AT_512, at512, NOTES));
    }

    private static double ours(BenchDatabase database, Appender appender, int callers, Duration length) {
        database.checkpoint();
        long before = database.count("log.event");
        Load load = Load.of(callers, length, () -> appender.append(new One(event())));
        long stored = database.count("log.event") - before;
        if (stored != load.done()) {
            throw new IllegalStateException(load.done() + " events acknowledged, " + stored + " stored");
        }
        return load.perSecond();
    }

    private static double limit(BenchDatabase database, Duration length) {
        database.checkpoint();
        AtomicLong next = new AtomicLong(database.count("bench_event"));
        return ROWS
                * Load.of(2, length, () -> insert(database, next.getAndAdd(ROWS)))
                        .perSecond();
    }

    private static void twin(BenchDatabase database) throws SQLException {
        try (Connection connection = database.pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table bench_event (like log.event_p0 including all)");
        }
    }

    private static void insert(BenchDatabase database, long first) {
        try (Connection connection = database.pool().getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("insert into bench_event values "
                    + String.join(", ", Collections.nCopies(ROWS, "(?, ?, ?, null, ?, ?, ?, ?, ?, ?, ?)")))) {
                int at = 1;
                for (int i = 0; i < ROWS; i++) {
                    SealedEvent event = event();
                    insert.setLong(at++, first + i);
                    insert.setObject(at++, event.eventId());
                    insert.setObject(at++, event.tenant().value());
                    insert.setShort(at++, event.stream().type().code());
                    insert.setObject(at++, event.stream().value());
                    insert.setLong(at++, event.sequence());
                    insert.setShort(at++, event.name().code());
                    insert.setShort(at++, event.name().revision());
                    insert.setObject(at++, event.occurredAt().atOffset(ZoneOffset.UTC));
                    insert.setBytes(at++, event.payload());
                }
                insert.executeUpdate();
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SealedEvent event() {
        return new SealedEvent(
                UuidCreator.getTimeOrderedEpoch(),
                TENANT,
                null,
                new StreamId(StreamType.KEY, UuidCreator.getTimeOrderedEpoch()),
                0,
                EventNames.named((short) 30, (short) 1),
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                PAYLOAD);
    }

    private record One(SealedEvent event) implements Entry {

        @Override
        public List<Row<?>> rows() {
            return List.of();
        }

        @Override
        public List<StreamId> streams() { // as commands tell them
            return List.of(event.stream());
        }

        @Override
        public List<SealedEvent> events() {
            return List.of(event);
        }
    }
}
