package io.byok.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresEngineTest {

    @TempDir
    Path directory;

    @Test
    void data_survive_a_killed_owner_and_a_killed_database() throws Exception {
        try (EmbeddedPostgresEngine first = EmbeddedPostgresEngine.start(directory, 0)) {
            run(first, "create table kept as select 1 as value");

            // The owner is gone and its database is not: the next start ends the orphan and takes over.
            try (EmbeddedPostgresEngine second = EmbeddedPostgresEngine.start(directory, 0)) {
                assertThat(second.process().pid()).isNotEqualTo(first.process().pid());
                first.process().onExit().get(30, TimeUnit.SECONDS);
                run(second, "insert into kept values (2)");

                second.process().destroyForcibly();
                second.process().onExit().get(30, TimeUnit.SECONDS);
                second.start();
                assertThat(ask(second, "select sum(value) from kept")).isEqualTo("3");
            }
        }
    }

    @Test
    void a_pid_file_that_names_somebody_elses_process_is_not_believed() throws Exception {
        try (EmbeddedPostgresEngine engine = EmbeddedPostgresEngine.start(directory, 0)) {
            engine.stop();
            Process bystander = new ProcessBuilder("sleep", "600").start();
            try {
                Files.writeString(directory.resolve("data/postmaster.pid"), bystander.pid() + "\n" + directory + "\n");
                engine.start();
                assertThat(bystander.isAlive()).isTrue();
                assertThat(ask(engine, "select 1")).isEqualTo("1");
            } finally {
                bystander.destroyForcibly();
            }
        }
    }

    @Test
    void only_the_password_opens_it_and_only_its_owner_can_read_the_password() throws Exception {
        try (EmbeddedPostgresEngine engine = EmbeddedPostgresEngine.start(directory, 0)) {
            assertThatThrownBy(() -> DriverManager.getConnection(engine.jdbcUrl(), engine.username(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            for (String file : new String[] {"application.password", "admin.password"}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file))))
                        .isEqualTo("rw-------");
            }
            assertThat(ask(engine, "select rolsuper from pg_roles where rolname = current_user"))
                    .isEqualTo("f");
        }
    }

    @Test
    void what_it_acknowledges_is_on_the_disk() throws Exception {
        try (EmbeddedPostgresEngine engine = EmbeddedPostgresEngine.startEphemeral()) {
            for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                assertThat(ask(engine, "show " + setting)).as(setting).isEqualTo("on");
            }
        }
    }

    @Test
    void data_of_another_major_version_are_refused_in_one_line() throws Exception {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/PG_VERSION"), "17\n");
        assertThatThrownBy(() -> EmbeddedPostgresEngine.start(directory, 0))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("holds data of PostgreSQL 17, this is 18");
    }

    private static void run(EmbeddedPostgresEngine engine, String sql) throws SQLException {
        try (Connection connection = open(engine);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(EmbeddedPostgresEngine engine, String sql) throws SQLException {
        try (Connection connection = open(engine);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            assertThat(answer.next()).isTrue();
            return answer.getString(1);
        }
    }

    private static Connection open(EmbeddedPostgresEngine engine) throws SQLException {
        return DriverManager.getConnection(engine.jdbcUrl(), engine.username(), engine.password());
    }
}
