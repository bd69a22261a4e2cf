package io.byok.engines;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka of our own in this JVM: one KRaft node, broker and controller, on loopback only.
 *
 * <p>An acknowledged record is on the disk unless ephemeral. A start on the data of a killed process works; ports may
 * differ from start to start. Topics are made by whoever needs them, with their own retention; none is made by itself.
 *
 * <p>The caller makes sure that one process at a time uses a directory, and closes the engine: nothing is hooked.
 */
public final class EmbeddedKafkaEngine implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedKafkaEngine.class);

    /** For a broker that gave up to take its leave of its controller. */
    private static final Duration CONTROLLED = Duration.ofSeconds(3);

    /** For what is left of it to close its files. */
    private static final Duration ABANDON = Duration.ofSeconds(10);

    private static final Duration START = Duration.ofSeconds(90);

    static {
        // Kafka ends its process when, say, the disk fills up. Here the process is more than Kafka: commands go on.
        Exit.Procedure survive = (status, message) -> {
            failed = true;
            log.error("the embedded Kafka gave up (status {}): {}", status, message);
            throw new EngineException("the embedded Kafka gave up");
        };
        Exit.setExitProcedure(survive);
        Exit.setHaltProcedure(survive);
    }

    /** Of the only one that a server has; Kafka does not say which of them ends the process. */
    private static volatile boolean failed;

    private final Path directory;
    private final boolean ephemeral;
    private final int port;
    private final int controllerPort;
    private @Nullable KafkaRaftServer server;

    private EmbeddedKafkaEngine(Path directory, boolean ephemeral, int port) {
        int[] free = Ports.free(2);
        this.directory = directory;
        this.ephemeral = ephemeral;
        this.port = port == 0 ? free[0] : port;
        this.controllerPort = free[1];
    }

    /**
     * Starts on a directory that survives.
     *
     * @param directory made if absent
     * @param port of loopback, or 0 for any that is free
     * @throws EngineException with one line that says why it did not start
     */
    public static EmbeddedKafkaEngine start(Path directory, int port) {
        return start(directory, false, port);
    }

    /** Starts on a fresh temporary directory, which is deleted with {@link #close}. */
    public static EmbeddedKafkaEngine startEphemeral() {
        try {
            return start(Files.createTempDirectory("byok-kafka-"), true, 0);
        } catch (IOException e) {
            throw new EngineException("no temporary directory: " + e.getMessage(), e);
        }
    }

    private static EmbeddedKafkaEngine start(Path directory, boolean ephemeral, int port) {
        try {
            var engine =
                    new EmbeddedKafkaEngine(Files.createDirectories(directory).toRealPath(), ephemeral, port);
            engine.start();
            return engine;
        } catch (IOException e) {
            throw new EngineException("cannot start Kafka in " + directory + ": " + e.getMessage(), e);
        }
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Starts again after {@link #stop}: same port, same data. Returns when the broker serves. */
    public void start() {
        Properties settings = KafkaSettings.of(directory, port, controllerPort, ephemeral);
        try {
            format();
            KafkaRaftServer fresh = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
            server = fresh;
            fresh.startup();
        } catch (Exception | InternalError e) { // the latter where a mapped file has no room
            failed = true; // or the end of what has not begun might be waited for
            stop();
            failed = false;
            throw new EngineException("cannot start Kafka in " + directory + ": " + reason(e), e);
        }
    }

    Path directory() {
        return directory;
    }

    /** Whether it has ended by itself: nothing is served any more, though its threads may be there. */
    boolean gaveUp() {
        return failed;
    }

    /**
     * Starts again after it gave up. Neither what is left of it nor the new one is waited for for ever: both may be waiting
     * for a disk.
     *
     * @throws EngineException when it does not start; then it may be tried again
     */
    void restart() {
        stop();
        failed = false;
        CompletableFuture<Void> started = new CompletableFuture<>();
        Thread.ofPlatform().name("kafka-start").daemon().start(() -> {
            try {
                start();
                started.complete(null);
            } catch (RuntimeException e) {
                started.completeExceptionally(e);
            }
        });
        try {
            started.get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            failed = true;
            throw new EngineException("the embedded Kafka does not start again yet: " + reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void abandon(KafkaRaftServer left) {
        Thread ending = Thread.ofPlatform().name("kafka-end").daemon().start(() -> {
            try {
                left.shutdown();
            } catch (RuntimeException e) {
                log.debug("what was left of Kafka did not end cleanly", e);
            }
        });
        try {
            if (!ending.join(CONTROLLED)) {
                ending.interrupt(); // it would wait five minutes for the leave of a controller that is gone
                if (!ending.join(ABANDON)) {
                    log.warn("what is left of the embedded Kafka does not end, and may keep its files locked");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops cleanly. {@link #start()} may follow. */
    public void stop() {
        KafkaRaftServer running = server;
        server = null;
        if (running != null && failed) {
            abandon(running);
        } else if (running != null) {
            running.shutdown();
            running.awaitShutdown();
        }
    }

    /** Stops, and deletes the data if ephemeral. */
    @Override
    public void close() {
        stop();
        if (ephemeral) {
            FileTrees.delete(directory);
        }
    }

    /** Idempotent: a directory that is formatted stays as it is, one that was left half way is finished. */
    private void format() throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(KafkaSettings.NODE)
                .setClusterId(clusterId())
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName(KafkaSettings.CONTROLLER)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setIgnoreFormatted(true)
                .run();
    }

    /** Kept beside the data it names, because the formatter wants the same one again. */
    private String clusterId() throws IOException {
        Path meta = directory.resolve("meta.properties");
        if (Files.exists(meta)) {
            Properties properties = new Properties();
            try (var in = Files.newInputStream(meta)) {
                properties.load(in);
            }
            return properties.getProperty("cluster.id");
        }
        return Uuid.randomUuid().toString();
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage())
                .lines()
                .findFirst()
                .orElse(root.getClass().getSimpleName());
    }
}
