package io.byok.testkit;

import io.byok.engines.FileTrees;
import io.byok.engines.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Kafka of one test's own in its own process, which can be taken away and brought back: same port, same data. */
public final class FaultyKafka implements AutoCloseable {

    private final Path directory;
    private final int port = Ports.free(1)[0];
    private Process process;

    private FaultyKafka(Path directory) throws IOException {
        this.directory = directory;
        process = launch();
    }

    /** A new one, running. Close it. */
    public static FaultyKafka running() {
        try {
            return new FaultyKafka(Files.createTempDirectory("byok-faulty-kafka-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new one, running, with its data in this directory. Close it, which deletes them. */
    public static FaultyKafka running(Path directory) {
        try {
            return new FaultyKafka(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Ends it cleanly. */
    public void stop() {
        process.destroy();
        await();
    }

    /** Ends it as a crash does. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** False after {@link #kill}, and when it has given up by itself. */
    public boolean isRunning() {
        return process.isAlive();
    }

    /** Back again, after {@link #stop} or {@link #kill}; returns when it serves. */
    public void start() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connections stay open and nothing answers any more. */
    public void freeze() {
        Signals.send("STOP", process.toHandle());
    }

    public void thaw() {
        Signals.send("CONT", process.toHandle());
    }

    @Override
    public void close() {
        kill(); // the data go too: a clean end would only take longer
        FileTrees.delete(directory);
    }

    private Process launch() throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KafkaProcess.class.getName(),
                directory.toString(),
                Integer.toString(port));
        Process started = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = started.inputReader();
        for (String line = output.readLine(); !KafkaProcess.READY.equals(line); line = output.readLine()) {
            if (line == null) {
                throw new IOException("Kafka did not start");
            }
        }
        // Whatever it says from now on must not fill the pipe and block it.
        // A thread of its own: a virtual one would hold a carrier for as long as the process lives.
        Thread.ofPlatform().daemon().start(() -> output.lines().forEach(line -> {}));
        return started;
    }

    private void await() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Kafka does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
