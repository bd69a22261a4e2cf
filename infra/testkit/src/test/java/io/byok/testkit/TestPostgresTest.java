package io.byok.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestPostgresTest {

    @Test
    void every_database_is_migrated_and_nobody_elses() throws Exception {
        TestDatabase one = TestPostgres.freshDatabase("db/testkit");
        TestDatabase other = TestPostgres.freshDatabase("db/testkit");
        run(one, "insert into kept values ('mine')");
        assertThat(count(one)).isEqualTo(1);
        assertThat(count(other)).isZero();
        assertThat(one.jdbcUrl()).isNotEqualTo(other.jdbcUrl());
    }

    @Test
    void a_database_that_was_killed_comes_back_with_what_it_acknowledged() throws Exception {
        try (FaultyPostgres postgres = FaultyPostgres.running()) {
            TestDatabase database = postgres.database();
            run(database, "create table kept as select 'acknowledged' as value");
            postgres.kill();
            assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
            postgres.start();
            assertThat(count(database)).isEqualTo(1);
            postgres.stop();
            assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
            postgres.start();
            assertThat(count(database)).isEqualTo(1);
        }
    }

    @Test
    void a_frozen_database_keeps_its_connections_and_answers_after_the_thaw() throws Exception {
        try (FaultyPostgres postgres = FaultyPostgres.running()) {
            TestDatabase database = postgres.database();
            run(database, "create table kept as select 'frozen' as value");
            postgres.freeze();
            try (Connection impatient = DriverManager.getConnection(
                    database.jdbcUrl() + "?socketTimeout=1&connectTimeout=1&loginTimeout=1",
                    database.username(),
                    database.password())) {
                throw new AssertionError("a frozen database answered " + impatient);
            } catch (SQLException expected) {
                postgres.thaw();
            }
            assertThat(count(database)).isEqualTo(1);
        }
    }

    private static void run(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(TestDatabase database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from kept")) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }
}
