package io.byok.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** PostgreSQL's main process on one data directory, found by the pid file it keeps there. */
final class Postmaster {

    private final PostgresBinaries binaries;
    private final Path cluster;
    private final Path log;

    Postmaster(PostgresBinaries binaries, Path cluster, Path log) {
        this.binaries = binaries;
        this.cluster = cluster;
        this.log = log;
    }

    /** Starts it in a session of its own (so that Ctrl-C in a terminal is not its signal) and waits until it answers. */
    ProcessHandle start() {
        run("start", "-w", "-t", "60", "-l", log.toString());
        return running().orElseThrow(() -> new EngineException("PostgreSQL ended at once (see " + log + ")"));
    }

    /** Disconnects all clients, writes everything out, ends. Does nothing if it is not running. */
    void stop() {
        stop("fast");
    }

    /** Ends without writing anything out: for data that is thrown away. */
    void abandon() {
        stop("immediate");
    }

    private void stop(String mode) {
        if (running().isPresent()) {
            try {
                run("stop", "-w", "-t", "60", "-m", mode);
            } catch (EngineException e) {
                if (running().isPresent()) { // or else it ended between our look and pg_ctl's
                    throw e;
                }
            }
        }
    }

    /**
     * Makes the directory ready for a start, whatever the last owner left: a postmaster that outlived a killed server is
     * stopped cleanly; a pid file whose number meanwhile belongs to another program is removed, because PostgreSQL would
     * take that program for itself. A pid file without a process is left to PostgreSQL, which then also checks that no
     * orphaned backend still holds the shared memory.
     */
    void clearLeftovers() throws IOException {
        stop();
        Optional<Long> stale = pid();
        if (stale.flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive).isPresent()) {
            Files.deleteIfExists(cluster.resolve("postmaster.pid"));
        }
    }

    Optional<ProcessHandle> running() {
        return pid().flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive).filter(this::isPostgres);
    }

    private boolean isPostgres(ProcessHandle process) {
        String program = process.info().command().orElse("");
        return Path.of(program).endsWith("postgres") || Path.of(program).endsWith("postgres.exe");
    }

    private Optional<Long> pid() {
        try (var lines = Files.lines(cluster.resolve("postmaster.pid"))) {
            // A standalone backend writes its pid negated.
            return lines.findFirst().map(String::strip).map(Long::parseLong).map(Math::abs);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | NumberFormatException e) {
            throw new EngineException("cannot read " + cluster.resolve("postmaster.pid"), e);
        }
    }

    private void run(String verb, String... options) {
        List<String> arguments = new java.util.ArrayList<>(List.of("-D", cluster.toString()));
        arguments.addAll(List.of(options));
        arguments.add(verb);
        Programs.run(binaries.command("pg_ctl", arguments), log.resolveSibling("pg_ctl.log"));
    }
}
