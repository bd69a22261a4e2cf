package io.byok.engines;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends a process when this JVM is gone, even by kill -9: a shell waits on a pipe that only the JVM holds open, and when
 * the pipe closes without a word it sends SIGINT (PostgreSQL's fast and clean shutdown).
 *
 * <p>Best effort: whoever kills the shell too leaves the process behind, so the next start still looks for it.
 */
final class DeadMansSwitch implements AutoCloseable {

    // Deaf to Ctrl-C, which a terminal sends to us all: its word is the pipe alone.
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            read -r released && exit 0
            kill -INT "$1" 2>/dev/null
            [ -n "$2" ] || exit 0
            while kill -0 "$1" 2>/dev/null; do sleep 0.2; done
            rm -rf -- "$2"
            """;

    private final OutputStream pipe;

    private DeadMansSwitch(OutputStream pipe) {
        this.pipe = pipe;
    }

    /**
     * @param process what to end
     * @param thenDelete a directory to delete after that, if any
     */
    static DeadMansSwitch armed(ProcessHandle process, @Nullable Path thenDelete) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "byok-switch"));
        command.add(Long.toString(process.pid()));
        command.add(thenDelete == null ? "" : thenDelete.toString());
        try {
            Process shell = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new DeadMansSwitch(shell.getOutputStream());
        } catch (IOException e) {
            throw new EngineException("cannot run /bin/sh: " + e.getMessage(), e);
        }
    }

    /** Disarms: the process may go on, or has ended already. */
    @Override
    public void close() {
        try (pipe) {
            pipe.write("released\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException ignored) {
            // The shell is gone, and with it the danger.
        }
    }
}
