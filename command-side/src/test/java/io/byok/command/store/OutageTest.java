package io.byok.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.StreamId;
import io.byok.testkit.FaultyPostgres;
import io.byok.testkit.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database goes away: between commits, and in the middle of one. */
class OutageTest {

    @Test
    void a_database_that_is_away_is_said_so_and_is_found_again_when_it_returns() {
        try (FaultyPostgres postgres = FaultyPostgres.running()) {
            TestDatabase database = postgres.database();
            Flyway.configure()
                    .dataSource(database.dataSource())
                    .locations("db/platform", "db/command")
                    .load()
                    .migrate();
            DataSource connections =
                    LogConnections.of(database.jdbcUrl(), database.username(), database.password(), "appender");
            StreamId stream = Events.stream();
            try (Appender appender = new Appender(connections, Lane.FIRST)) {
                appender.append(Events.entry(Events.event(stream, 0)));
                postgres.kill();
                assertThatThrownBy(() -> appender.append(Events.entry(Events.event(stream, 1))))
                        .isInstanceOfSatisfying(
                                LogUnavailable.class,
                                e -> assertThat(e.outcomeUnknown()).isFalse());
                assertThatThrownBy(() -> new EventLog(connections).lastPosition())
                        .isInstanceOf(LogUnavailable.class);
                postgres.start();
                assertThat(appender.append(Events.entry(Events.event(stream, 1))))
                        .isEqualTo(new Appended(2, 2));
            }
        }
    }

    enum Loss {
        /** The commit never reaches the server. */
        REQUEST,
        /** The server commits, and its answer is lost. */
        ANSWER
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_is_true_even_when_the_connection_breaks_during_the_commit(Loss loss) {
        DataSource sound = LogFixture.fresh().connections("outage");
        AtomicBoolean armed = new AtomicBoolean(true);
        try (Appender appender = new Appender(breaking(sound, loss, armed, false), Lane.FIRST)) {
            Appended place = appender.append(Events.entry(Events.event(Events.stream(), 0)));
            assertThat(armed).isFalse();
            assertThat(place).isEqualTo(new Appended(1, 1));
            assertThat(new EventLog(sound).lastPosition()).isEqualTo(1); // once, not twice
        }
    }

    @ParameterizedTest
    @EnumSource
    void when_the_outcome_cannot_be_found_out_in_time_that_is_what_is_said(Loss loss) {
        DataSource sound = LogFixture.fresh().connections("outage");
        DataSource gone = breaking(sound, loss, new AtomicBoolean(true), true);
        try (Appender appender = new Appender(gone, Lane.FIRST, Sequences.DENSE, 10, Duration.ofMillis(200))) {
            assertThatThrownBy(() -> appender.append(Events.entry(Events.event(Events.stream(), 0))))
                    .isInstanceOfSatisfying(
                            LogUnavailable.class,
                            e -> assertThat(e.outcomeUnknown()).isTrue());
        }
    }

    /** Connections of which the first breaks when it commits, and after which, if so told, there are none. */
    private static DataSource breaking(DataSource sound, Loss loss, AtomicBoolean armed, boolean forEver) {
        return (DataSource) Proxy.newProxyInstance(
                OutageTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) -> {
                    if (!armed.get() && forEver) {
                        throw new SQLException("gone", "08001");
                    }
                    return breaking(sound.getConnection(), loss, armed);
                });
    }

    private static Connection breaking(Connection sound, Loss loss, AtomicBoolean armed) {
        return intercepted(Connection.class, (method, arguments) -> {
            Object result = method.invoke(sound, arguments);
            return result instanceof PreparedStatement statement && ((String) arguments[0]).endsWith("commit")
                    ? committing(sound, statement, loss, armed)
                    : result;
        });
    }

    private static PreparedStatement committing(
            Connection sound, PreparedStatement statement, Loss loss, AtomicBoolean armed) {
        return intercepted(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().equals("execute") && armed.getAndSet(false)) {
                if (loss == Loss.ANSWER) {
                    statement.execute();
                }
                sound.close();
                throw new SQLException("broken", "08006");
            }
            return method.invoke(statement, arguments);
        });
    }

    private interface Interception {
        @Nullable
        Object call(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T intercepted(Class<T> type, Interception interception) {
        return type.cast(Proxy.newProxyInstance(
                OutageTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return interception.call(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }
}
