package io.byok.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs small programs to their end. */
final class Programs {

    private static final int PATIENCE_SECONDS = 120;

    private Programs() {}

    /**
     * Runs a program and waits for it.
     *
     * @param log where its output is appended; a file, because a daemon it starts may keep a pipe open for ever
     * @throws EngineException when it fails; the message ends with the last line it wrote
     */
    static void run(List<String> command, Path log) {
        int exit;
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new EngineException(command.getFirst() + " did not end within " + PATIENCE_SECONDS + " s");
            }
            exit = process.exitValue();
        } catch (IOException e) {
            throw new EngineException("cannot run " + command.getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while running " + command.getFirst(), e);
        }
        if (exit != 0) {
            throw new EngineException("PostgreSQL failed: " + lastLine(log) + " (see " + log + ")");
        }
    }

    private static String lastLine(Path log) {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("FATAL") || line.contains("error:"))
                    .reduce((first, second) -> second)
                    .orElse("no reason given")
                    .strip();
        } catch (IOException e) {
            return "no reason given";
        }
    }
}
