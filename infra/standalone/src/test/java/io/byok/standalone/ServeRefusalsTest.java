package io.byok.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeRefusalsTest {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_taken_port_is_refused_in_one_line_before_anything_is_started() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("serve", "--data", directory.toString(), "--port", "" + taken.getLocalPort()))
                    .isEqualTo(1);
            assertThat(err.toString().lines())
                    .containsExactly("byok: cannot start: port " + taken.getLocalPort()
                            + " is taken; choose another with --port");
        }
        assertThat(out.toString()).isEmpty();
        assertThat(directory.resolve("postgres")).doesNotExist();
    }

    @Test
    void data_in_use_are_refused_and_the_user_is_named() throws Exception {
        try (DataDirectory inUse = DataDirectory.open(directory, false)) {
            assertThat(run("serve", "--data", directory.toString())).isEqualTo(1);
            assertThat(err.toString().lines())
                    .containsExactly("byok: cannot start: " + inUse.path() + " is already in use by process "
                            + ProcessHandle.current().pid());
        }
    }

    @Test
    void data_are_free_again_once_closed_and_only_for_their_owner() throws Exception {
        Path data = directory.resolve("data");
        DataDirectory.open(data, false).close();
        DataDirectory.open(data, false).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @Test
    void an_ephemeral_server_empties_its_own_directory_and_not_the_real_one() throws Exception {
        ServeOptions options = new ServeOptions();
        options.data = directory;
        options.ephemeral = true;
        Files.writeString(directory.resolve("precious"), "kept");
        Files.createDirectories(options.home().resolve("left-over"));
        try (DataDirectory data = DataDirectory.open(options.home(), true)) {
            assertThat(data.path().resolve("left-over")).doesNotExist();
            Files.createDirectories(data.path().resolve("postgres"));
        }
        assertThat(options.home().resolve("postgres")).doesNotExist();
        assertThat(directory.resolve("precious")).exists();
    }

    @Test
    void wrong_arguments_are_one_line_and_exit_code_two() {
        assertThat(run("serve", "--port", "many")).isEqualTo(2);
        assertThat(run("serve", "--role", "boss")).isEqualTo(2);
        assertThat(run("dance")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(3).allMatch(line -> line.startsWith("byok: "));
    }

    private int run(String... arguments) {
        return ByokMain.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
