package io.byok.standalone;

import io.byok.platform.seal.root.RootChoice;
import io.byok.platform.seal.root.Surroundings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses key material and settings of keys early: what needs no database before one is started, a keyring that was lost
 * before the application is, and beside an embedded database that has held keys before that, too. The application checks all of it again, and is what counts; this only saves the wait.
 */
final class KeyCheck {

    private static final String ANY_KEY = "select exists (select from keyring.tenant_kek)";
    private static final String SCHEMA = "select to_regclass('keyring.tenant_kek') is not null";

    private KeyCheck() {}

    /**
     * @param holdsKeys whether the database that is about to start is known to hold keys
     * @throws io.byok.platform.seal.KeyRefused with the reason in one line
     */
    static void beforeDatabase(Map<String, Object> decided, boolean holdsKeys) {
        choice(environment(decided)).check(holdsKeys);
    }

    /**
     * Opens the roots once, and makes the keyring at a first start.
     *
     * @throws io.byok.platform.seal.KeyRefused with the reason in one line
     */
    static void beforeServer(Map<String, Object> decided) {
        StandardEnvironment environment = environment(decided);
        try {
            choice(environment).open(new Surroundings(new SimpleMeterRegistry(), () -> holdsKeys(environment)));
        } catch (DatabaseAway later) {
            // The application has the better words for that.
        }
    }

    private static RootChoice choice(StandardEnvironment environment) {
        return new RootChoice(environment::getProperty);
    }

    private static StandardEnvironment environment(Map<String, Object> decided) {
        StandardEnvironment environment = new StandardEnvironment();
        new SeedEnvironment().addTo(environment);
        environment.getPropertySources().addFirst(new MapPropertySource("byok start", decided));
        return environment;
    }

    private static boolean holdsKeys(StandardEnvironment environment) {
        try (Connection database = DriverManager.getConnection(
                        environment.getRequiredProperty("spring.datasource.url"),
                        environment.getProperty("spring.datasource.username"),
                        environment.getProperty("spring.datasource.password"));
                Statement statement = database.createStatement()) {
            return is(statement, SCHEMA) && is(statement, ANY_KEY);
        } catch (SQLException away) {
            throw new DatabaseAway(away);
        }
    }

    private static boolean is(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static final class DatabaseAway extends RuntimeException {

        private static final long serialVersionUID = 1L;

        DatabaseAway(@Nullable Throwable cause) {
            super(cause);
        }
    }
}
