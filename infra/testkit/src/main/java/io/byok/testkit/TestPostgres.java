package io.byok.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** Fresh, migrated databases on the PostgreSQL that all tests of this JVM share. */
public final class TestPostgres {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Map<List<String>, String> TEMPLATES = new HashMap<>();
    // More than one JVM may work on a server that the environment names.
    private static final String RUN = "byok_test_" + ProcessHandle.current().pid() + "_";

    private TestPostgres() {}

    /**
     * A database that nobody else uses, with these migrations applied. The migrations run once per set of locations; the
     * database is a copy of their result, made in some tens of milliseconds.
     *
     * @param migrationLocations as Flyway names them, such as {@code "db/platform"} or {@code "classpath:db/command"}
     */
    public static synchronized TestDatabase freshDatabase(String... migrationLocations) {
        List<String> locations = List.of(migrationLocations);
        String template = TEMPLATES.computeIfAbsent(locations, TestPostgres::template);
        return create("template " + template);
    }

    private static String template(List<String> locations) {
        TestDatabase database = create("template template0");
        if (!locations.isEmpty()) {
            Flyway.configure()
                    .dataSource(database.dataSource())
                    .locations(locations.toArray(String[]::new))
                    .load()
                    .migrate();
        }
        String url = database.jdbcUrl().replaceFirst("\\?.*", "");
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static TestDatabase create(String source) {
        PostgresHost host = Shared.HOST;
        String name = RUN + COUNT.incrementAndGet();
        // Names are our own; utility statements take no binds.
        host.asAdmin("create database " + name + " owner " + host.application().username() + " " + source);
        if (Shared.SURVIVES_US) {
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform()
                            .unstarted(() -> host.asAdmin("drop database if exists " + name + " with (force)")));
        }
        return host.application().sibling(name);
    }

    /** Started by the first test that asks. */
    private static final class Shared {
        static final boolean SURVIVES_US = System.getenv("BYOK_TEST_JDBC_URL") != null;
        static final PostgresHost HOST = PostgresHost.choose();
    }
}
