package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.engines.FileTrees;
import io.byok.engines.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A witness in a process of its own, as {@code byok audit witness} starts it; it trusts nobody at first. */
final class WitnessProcess implements AutoCloseable {

    private final int port = Ports.free(1)[0];
    private final Path directory;
    private final Path logs;
    private final List<String> console = new CopyOnWriteArrayList<>();
    private final String key;
    private Process process;

    WitnessProcess() {
        try {
            directory = Files.createTempDirectory("byok-witness-");
            logs = Files.createFile(directory.resolve("logs.keys"));
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String said = console.getLast();
        key = said.substring(said.lastIndexOf(' ') + 1);
    }

    private Process launch() throws IOException {
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        ServerJvm.ROOT.resolve("infra/standalone/target/server/lib") + "/*",
                        "io.byok.standalone.WitnessMain",
                        "--dir",
                        directory.toString(),
                        "--logs",
                        logs.toString(),
                        "--name",
                        "auditor.example",
                        "--port",
                        "" + port)
                .redirectErrorStream(true)
                .start();
        BufferedReader output = started.inputReader();
        String line = output.readLine();
        while (line != null && !line.startsWith("byok: its key is ")) {
            console.add(line);
            line = output.readLine();
        }
        assertThat(line).as("the witness starts; it said %s", console).isNotNull();
        console.add(line);
        Thread.ofPlatform().daemon().start(() -> output.lines().forEach(console::add));
        return started;
    }

    /** What a server must be told. */
    Map<String, String> environment() {
        return Map.of(
                "BYOK_AUDIT_WITNESSES_0_URL", "http://127.0.0.1:" + port,
                "BYOK_AUDIT_WITNESSES_0_KEY", key,
                "BYOK_AUDIT_WITNESSHOSTS", "127.0.0.1:" + port);
    }

    String key() {
        return key;
    }

    Path directory() {
        return directory;
    }

    List<String> console() {
        return List.copyOf(console);
    }

    /** From now on, all logs of that installation. */
    void trust(String logKey) {
        try {
            Files.writeString(logs, logKey + " *\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as a crash does, and starts it again on the same directory and port. */
    void crashAndRestart() throws IOException, InterruptedException {
        assertThat(process.destroyForcibly().waitFor()).isNotZero();
        process = launch();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        FileTrees.delete(directory);
    }
}
