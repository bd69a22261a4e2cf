package io.byok.testkit;

import io.byok.engines.EmbeddedPostgresEngine;

/** An embedded PostgreSQL of one test's own, which can be taken away and brought back: same port, same data. */
public final class FaultyPostgres implements AutoCloseable {

    private final EmbeddedPostgresEngine engine = EmbeddedPostgresEngine.startEphemeral();

    private FaultyPostgres() {}

    /** A new one, running. Close it. */
    public static FaultyPostgres running() {
        return new FaultyPostgres();
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
