package io.byok.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.byok.bench.Comparison.Better;
import io.byok.engines.EmbeddedPostgresEngine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What row-level security would cost where the command side looks up a key's head: as it is, in auto-commit; with the wall
 * of the read side (a transaction, its role and tenant, the lookup, the end); and with the tenant sent along in the same round
 * trip. One table of the same columns and rows for each.
 */
public final class WallBench {

    private static final int ROWS = 100_000;
    private static final int TENANTS = 100;
    private static final String LOOKUP =
            "select status, version, subject, provider, priority from bench.%s where key = ? and tenant = ?";
    private static final String WALL = "as the read side's: three round trips";
    private static final String ALONG = "the tenant sent along: one round trip";
    private static final String NOTES =
            "lookups of one row by its key, 100,000 rows of 100 tenants, embedded PostgreSQL on"
                    + " loopback. ours: no policy, the tenant in the statement. %s: that, and a forced policy";

    private final BenchDatabase database;
    private final Map<String, List<List<Double>>> runs = new TreeMap<>();

    private WallBench(BenchDatabase database) {
        this.database = database;
    }

    /** @param quick two rounds of two seconds instead of five of four */
    public static List<Comparison> run(boolean quick) throws SQLException {
        try (BenchDatabase database = new BenchDatabase();
                HikariDataSource pool = database.morePool()) {
            role(database.engine());
            prepare(pool);
            return new WallBench(database).measure(pool, quick);
        }
    }

    /** The owner of the tables may make none. */
    private static void role(EmbeddedPostgresEngine engine) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        engine.jdbcUrl("postgres"), engine.adminUsername(), engine.adminPassword());
                Statement sql = connection.createStatement()) {
            sql.execute("create role bench_command nologin role \"" + engine.username() + "\"");
        }
    }

    private static void prepare(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute("create schema bench");
            for (String table : List.of("plain", "walled")) {
                sql.execute("create table bench." + table + " (like head.key_head including all)");
                sql.execute("insert into bench." + table
                        + " (key, tenant, subject, provider, environment, status, version,"
                        + " sequence, priority, fallback, created_at, version_since) select " + uuid("k") + ", "
                        + uuid("t")
                        + ", gen_random_uuid(), 'openai', 'production', 1, 1, 1, 1, true, now(), now()"
                        + " from generate_series(0, " + (ROWS - 1) + ") k, lateral (select k % " + TENANTS + " t) o");
                sql.execute("vacuum analyze bench." + table);
            }
            sql.execute("alter table bench.walled enable row level security");
            sql.execute("alter table bench.walled force row level security");
            sql.execute("create policy tenant on bench.walled using"
                    + " (tenant = nullif(current_setting('byok.tenant', true), '')::uuid)");
            sql.execute("grant usage on schema bench to bench_command; grant select on bench.walled to bench_command");
        }
    }

    private static String uuid(String number) {
        return "lpad(to_hex(" + number + "), 32, '0')::uuid";
    }

    private List<Comparison> measure(HikariDataSource pool, boolean quick) {
        Duration length = Duration.ofSeconds(quick ? 2 : 4);
        for (int round = -1; round < (quick ? 2 : 5); round++) {
            for (int callers : List.of(1, 16)) {
                database.checkpoint();
                double plain = Load.of(callers, length, () -> run(pool, WallBench::plain))
                        .perSecond();
                double wall = Load.of(callers, length, () -> run(pool, WallBench::walled))
                        .perSecond();
                double along = Load.of(callers, length, () -> run(pool, WallBench::along))
                        .perSecond();
                if (round >= 0) { // the first is warm-up
                    note("wall-" + callers + " " + WALL, plain, wall);
                    note("wall-" + callers + " " + ALONG, plain, along);
                }
            }
        }
        List<Comparison> comparisons = new ArrayList<>();
        runs.forEach((name, pairs) -> {
            String peer = name.substring(name.indexOf(' ') + 1);
            comparisons.add(Comparison.of(
                    name.substring(0, name.indexOf(' ')),
                    "lookups/s",
                    Better.HIGHER,
                    peer,
                    null,
                    pairs,
                    NOTES.formatted(peer)));
        });
        return comparisons;
    }

    private void note(String name, double ours, double theirs) {
        runs.computeIfAbsent(name, n -> new ArrayList<>()).add(List.of(ours, theirs));
    }

    private interface Lookup {
        boolean found(Connection connection, UUID key, UUID tenant) throws SQLException;
    }

    private static void run(HikariDataSource pool, Lookup lookup) {
        int row = ThreadLocalRandom.current().nextInt(ROWS);
        try (Connection connection = pool.getConnection()) {
            if (!lookup.found(connection, new UUID(0, row), new UUID(0, row % TENANTS))) {
                throw new IllegalStateException("the row is not there");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean plain(Connection connection, UUID key, UUID tenant) throws SQLException {
        return lookup(connection, "plain", key, tenant);
    }

    private static boolean lookup(Connection connection, String table, UUID key, UUID tenant) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LOOKUP.formatted(table))) {
            select.setObject(1, key);
            select.setObject(2, tenant);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private static boolean walled(Connection connection, UUID key, UUID tenant) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local role bench_command; set local byok.tenant = '" + tenant + "'");
            return lookup(connection, "walled", key, tenant);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static boolean along(Connection connection, UUID key, UUID tenant) throws SQLException {
        try (PreparedStatement both = connection.prepareStatement(
                "select set_config('byok.tenant', ?, true); " + LOOKUP.formatted("walled"))) {
            both.setString(1, tenant.toString());
            both.setObject(2, key);
            both.setObject(3, tenant);
            both.execute();
            if (!both.getMoreResults()) {
                return false;
            }
            try (ResultSet row = both.getResultSet()) {
                return row.next();
            }
        }
    }
}
