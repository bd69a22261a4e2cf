package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.engines.FileTrees;
import io.byok.engines.Ports;
import io.byok.testkit.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** One packaged server in a process of its own, with a data directory and ports that outlive its restarts. */
final class Server implements AutoCloseable {

    private static final String READY = "byok: ready at";
    private static final String SEALED = "byok: sealed";
    private static final long PATIENCE_SECONDS = 120;

    private final Path data;
    private Map<String, String> environment;
    private final List<String> options;
    private final int[] ports = Ports.free(3);
    private final List<String> console = new CopyOnWriteArrayList<>();
    private Process process;
    private Duration took = Duration.ZERO;

    private Server(Map<String, String> environment, List<String> options) {
        this(temporary(), environment, options);
    }

    private Server(Path data, Map<String, String> environment, List<String> options) {
        this.data = data;
        this.environment = environment;
        this.options = new ArrayList<>(options);
        this.options.addAll(List.of("--port", "" + ports[0], "--data-port", "" + ports[1]));
        this.options.addAll(List.of("--management-port", "" + ports[2]));
        this.process = launch();
    }

    /** A node of a world: returns when it is ready. */
    static Server in(World world, String... options) {
        return new Server(world.environment(), List.of(options));
    }

    /** Told these things and no others. */
    static Server of(Map<String, String> environment) {
        return new Server(environment, List.of());
    }

    /** On engines of its own, inside its data directory. */
    static Server embedded(Map<String, String> environment) {
        return new Server(environment, List.of());
    }

    /** On engines of its own, in a data directory of the caller's choice. */
    static Server embedded(Path data) {
        return new Server(data, Map.of(), List.of());
    }

    /** In a world, with more in its environment. */
    static Server in(World world, Map<String, String> more) {
        Map<String, String> both = new HashMap<>(world.environment());
        both.putAll(more);
        return new Server(both, List.of());
    }

    /** In a world, with its roots in a file of its data directory instead of in the environment. */
    static Server withKeyringFile(World world, Map<String, String> more) {
        Map<String, String> both = new HashMap<>(world.environment());
        both.remove("BYOK_ENCRYPTION_KEY");
        both.putAll(more);
        return new Server(both, List.of());
    }

    /** A second process on the same data, whatever becomes of it: its exit code and what it said. */
    record Attempt(int exit, List<String> console) {}

    /** Tries to start with other options than this server's, on this data directory or another. */
    static Attempt attempt(Path data, Map<String, String> environment, String... options) {
        try {
            Process started =
                    ServerJvm.builder(data, environment, List.of(options)).start();
            List<String> said = started.inputReader().lines().toList();
            return new Attempt(started.waitFor(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The control plane, as the operator: with the first token. */
    Api control() {
        return anonymous().token(firstToken());
    }

    /** The control plane of a node that did not make the first token. */
    Api controlAs(String token) {
        return anonymous().token(token);
    }

    /** The data plane, as the operator. */
    Api dataPlane() {
        return Api.at(uri(ports[1])).seenBy(AsDocumented.EVERY_ANSWER).token(firstToken());
    }

    /** The data plane of a node that did not make the first token. */
    Api dataPlaneAs(String token) {
        return Api.at(uri(ports[1])).seenBy(AsDocumented.EVERY_ANSWER).token(token);
    }

    Api anonymous() {
        return Api.at(uri(ports[0])).seenBy(AsDocumented.EVERY_ANSWER);
    }

    Api management() {
        return Api.at(uri(ports[2]));
    }

    int port() {
        return ports[0];
    }

    int dataPort() {
        return ports[1];
    }

    long pid() {
        return process.pid();
    }

    Path data() {
        return data;
    }

    Map<String, String> environment() {
        return environment;
    }

    String firstToken() {
        try {
            return Files.readString(data.resolve("first-token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything it has said to the person at the console, over all its starts. */
    List<String> console() {
        return List.copyOf(console);
    }

    /** What it wrote down. */
    String log() {
        try {
            return Files.readString(data.resolve("logs").resolve("byok.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the last launch of the process to its word that it is ready. */
    Duration startTook() {
        return took;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as a crash does, in the middle of whatever it does. */
    void kill9() {
        process.destroyForcibly();
        await();
    }

    /** Connections stay open and nothing answers any more, until {@link #thaw}. */
    void freeze() {
        Signals.send("STOP", process.toHandle());
    }

    void thaw() {
        Signals.send("CONT", process.toHandle());
    }

    /** Asks it to end, and waits. */
    void stop() {
        process.destroy();
        await();
    }

    /** Asks it to end, and does not wait. */
    void terminate() {
        process.destroy();
    }

    /** Waits until it has ended: its exit code. */
    int exit() {
        await();
        return process.exitValue();
    }

    /** After {@link #kill9} or {@link #stop}: on the same data and ports. */
    void start() {
        process = launch();
    }

    /** As {@link #start()}, told other things than before. */
    void start(Map<String, String> instead) {
        environment = Map.copyOf(instead);
        start();
    }

    @Override
    public void close() {
        process.destroy();
        if (!ended(30)) {
            kill9();
        }
        FileTrees.delete(data);
    }

    /** Whether its last start came up without keys. */
    boolean cameUpSealed() {
        return console.getLast().startsWith(SEALED);
    }

    private Process launch() {
        Instant begin = Instant.now();
        try {
            Process started = ServerJvm.builder(data, environment, options).start();
            CompletableFuture<Boolean> ready = new CompletableFuture<>();
            BufferedReader output = started.inputReader();
            // A thread of its own: a virtual one would hold a carrier for as long as the process lives.
            Thread.ofPlatform().daemon().start(() -> listen(output, ready));
            boolean up = ready.completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
            assertThat(up).as("the server starts; it said %s", console).isTrue();
            took = Duration.between(begin, Instant.now());
            if (!cameUpSealed() && !environment.containsKey("BYOK_TLS_CERTIFICATE")) {
                anonymous().get("/readyz").expect(200);
            }
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen(BufferedReader output, CompletableFuture<Boolean> ready) {
        try (output) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                console.add(line);
                if (line.startsWith(READY) || line.startsWith(SEALED)) {
                    ready.complete(true);
                }
            }
        } catch (IOException killed) {
            console.add("(killed)");
        }
        ready.complete(false);
    }

    private void await() {
        assertThat(ended(60)).as("the server ends").isTrue();
    }

    private boolean ended(int seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static URI uri(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("byok-e2e-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
