package io.byok.testkit;

import io.byok.engines.EmbeddedPostgresEngine;
import java.nio.file.Path;

/** An embedded PostgreSQL of one test's own, which can be taken away and brought back: same port, same data. */
public final class FaultyPostgres implements AutoCloseable {

    private final EmbeddedPostgresEngine engine;

    private FaultyPostgres(EmbeddedPostgresEngine engine) {
        this.engine = engine;
    }

    /** A new one, running. Close it. */
    public static FaultyPostgres running() {
        return new FaultyPostgres(EmbeddedPostgresEngine.startEphemeral());
    }

    /** A new one, running, with its data in a directory of the caller's, who deletes it. */
    public static FaultyPostgres running(Path directory) {
        return new FaultyPostgres(EmbeddedPostgresEngine.start(directory, 0));
    }

    /** The application's database: empty and unmigrated at first. */
    public TestDatabase database() {
        return PostgresHost.of(engine).application();
    }

    public int port() {
        return engine.port();
    }

    /** Ends it cleanly; connections break. */
    public void stop() {
        engine.stop();
    }

    /** Ends it as a crash does: SIGKILL to its main process. Connections break, nothing is written out. */
    public void kill() {
        ProcessHandle process = engine.process();
        process.destroyForcibly();
        process.onExit().join();
    }

    /** False after {@link #kill}, and when it has given up by itself. */
    public boolean isRunning() {
        return engine.isRunning();
    }

    /** Back again, after {@link #stop} or {@link #kill}. */
    public void start() {
        engine.start();
    }

    /** Connections stay open and nothing answers any more. */
    public void freeze() {
        Signals.send("STOP", engine.process());
    }

    public void thaw() {
        Signals.send("CONT", engine.process());
    }

    @Override
    public void close() {
        if (engine.isRunning()) {
            thaw(); // a frozen process obeys nothing else
        }
        engine.close();
    }
}
