package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.engines.Ports;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line of a packaged server, as the launcher writes it. */
final class ServerJvm {

    /** Where the project's root is, seen from wherever the tests run. */
    static final Path ROOT = root();

    private static final Path LIB = ROOT.resolve("infra/standalone/target/server/lib");
    private static final Path CACHE = ROOT.resolve("infra/e2e/target/server.aot");

    private ServerJvm() {}

    /** Not started yet. The environment is this process's, without what would change a server, and with what is given. */
    static ProcessBuilder builder(Path data, Map<String, String> environment, List<String> options) {
        List<String> command = new ArrayList<>(jvm());
        command.add("-XX:AOTCache=" + Trained.CACHE);
        command.add("-Xlog:aot*=off");
        command.add("-Xlog:cds*=off");
        command.addAll(program(data, environment, options));
        return process(command, environment);
    }

    private static ProcessBuilder process(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("BYOK_")
                        || name.startsWith("KAFKA_")
                        || name.equals("DATABASE_URL")
                        || name.equals("JAVA_TOOL_OPTIONS"));
        // A test's server calls nobody by itself; the test of that says otherwise.
        builder.environment().put("BYOK_ENABLE_VALIDATION", "false");
        builder.environment().putAll(environment);
        return builder;
    }

    /** Another command of the program than serving. */
    static Process tool(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(jvm());
        command.addAll(List.of("-cp", LIB + "/*", "io.byok.standalone.ByokMain"));
        command.addAll(arguments);
        return process(command, Map.of()).inheritIO().start();
    }

    private static List<String> jvm() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-HeapDumpOnOutOfMemoryError",
                "-XX:+DisableAttachMechanism",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+UseSerialGC", // two cores for a whole cluster: what matters here is how soon it is back
                "-XX:TieredStopAtLevel=1",
                "-Xmx384m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-Dbyok.home=" + LIB.getParent());
    }

    private static List<String> program(Path data, Map<String, String> environment, List<String> options) {
        assertThat(LIB).as("the packaged server; run mvn package first").isDirectory();
        String plugins = environment.get("BYOK_PLUGINS");
        String classes = LIB + "/*" + (plugins == null ? "" : File.pathSeparator + plugins + "/*");
        List<String> program = new ArrayList<>(List.of(
                "-cp", classes, "io.byok.standalone.ByokMain", "serve", "--log", "file", "--data", data.toString()));
        program.addAll(options);
        return program;
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("byok"))) {
            at = at.getParent();
            if (at == null) {
                throw new IllegalStateException("not inside the project");
            }
        }
        return at;
    }

    /** Dozens of starts follow: one run writes down what the JVM loads, as the launcher's first build does. */
    private static final class Trained {

        static final Path CACHE = train();

        private static Path train() {
            try {
                Files.deleteIfExists(ServerJvm.CACHE); // of another build
                Path scratch = Files.createTempDirectory("byok-train-");
                int[] ports = Ports.free(3);
                List<String> command = new ArrayList<>(jvm());
                command.add("-XX:AOTCacheOutput=" + ServerJvm.CACHE);
                command.add("-Xlog:aot*=off");
                command.add("-Xlog:cds*=off");
                command.addAll(program(
                        scratch,
                        Map.of(),
                        List.of(
                                "--ephemeral",
                                "--train",
                                "--port",
                                "" + ports[0],
                                "--data-port",
                                "" + ports[1],
                                "--management-port",
                                "" + ports[2])));
                Path console = scratch.resolve("console");
                int exit = process(command, Map.of())
                        .redirectOutput(console.toFile())
                        .start()
                        .waitFor();
                // Without a cache everything is the same, only slower.
                if (exit != 0 && !Files.exists(ServerJvm.CACHE)) {
                    throw new AssertionError("the server does not start: " + Files.readString(console));
                }
                io.byok.engines.FileTrees.delete(scratch);
                return ServerJvm.CACHE;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
