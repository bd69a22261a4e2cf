package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process full of keys does not give away: no core, no heap dump, no visitor. */
class MemoryTest {

    private static final String JAVA = """
            #!/usr/bin/env bash
            echo "core=$(ulimit -c)"
            printf '%s\\n' "$@"
            """;

    @TempDir
    Path directory;

    @Test
    void the_launcher_starts_a_jvm_that_dumps_nothing_and_lets_nobody_in() throws Exception {
        assertThat(started(Map.of()))
                .contains("core=0", "-XX:-HeapDumpOnOutOfMemoryError", "-XX:+DisableAttachMechanism")
                .noneMatch(option -> option.startsWith("-XX:HeapDumpPath"));
    }

    @Test
    void plugins_come_after_the_servers_own_jars() throws Exception {
        Path plugins = Files.createDirectory(directory.resolve("plugins"));
        List<String> options = started(Map.of("BYOK_PLUGINS", plugins.toString()));
        assertThat(options.get(options.indexOf("-cp") + 1)).endsWith("/server/lib/*:" + plugins + "/*");
        List<String> none = started(Map.of());
        assertThat(none.get(none.indexOf("-cp") + 1)).endsWith("/server/lib/*");
    }

    @Test
    void a_running_server_refuses_to_be_attached_to() throws Exception {
        Process visitor = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        "-J-Dsun.tools.attach.attachTimeout=1500",
                        Long.toString(SharedServer.SERVER.pid()),
                        "VM.version")
                .redirectErrorStream(true)
                .start();
        String said = new String(visitor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(visitor.waitFor()).as(said).isNotZero();
        assertThat(said).contains("Attach");
    }

    /** What the launcher calls Java with, from a checkout that is built. */
    private List<String> started(Map<String, String> environment) throws IOException, InterruptedException {
        Path home = directory.resolve("jdk");
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        for (String program : List.of("java", "javac")) {
            Path file = Files.writeString(home.resolve("bin").resolve(program), JAVA);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
        Path checkout = directory.resolve("checkout");
        for (String part : List.of(
                "target",
                ".mvn",
                "shared-kernel",
                "command-side",
                "query-side",
                "infra/standalone/target/server/lib")) {
            Files.createDirectories(checkout.resolve(part));
        }
        Files.writeString(checkout.resolve("pom.xml"), "");
        Files.writeString(checkout.resolve("target/byok.built"), "");
        Path launcher = Files.copy(
                ServerJvm.ROOT.resolve("byok"), checkout.resolve("byok"), StandardCopyOption.REPLACE_EXISTING);
        ProcessBuilder up = new ProcessBuilder("bash", launcher.toString(), "up", "--data", directory + "/data")
                .redirectErrorStream(true);
        up.environment().keySet().removeIf(name -> name.startsWith("BYOK_"));
        up.environment().put("JAVA_HOME", home.toString());
        up.environment().putAll(environment);
        Process running = up.start();
        List<String> said = running.inputReader().lines().toList();
        assertThat(running.waitFor()).as(String.join("\n", said)).isZero();
        return said;
    }
}
