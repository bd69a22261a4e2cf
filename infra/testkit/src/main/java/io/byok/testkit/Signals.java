package io.byok.testkit;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Freezes and thaws processes, which Java itself cannot. */
public final class Signals {

    private Signals() {}

    /** Sends a signal to a process and to all that it started. */
    public static void send(String signal, ProcessHandle process) {
        List<String> pids = Stream.concat(Stream.of(process), process.descendants())
                .map(each -> Long.toString(each.pid()))
                .toList();
        List<String> command =
                Stream.concat(Stream.of("kill", "-" + signal), pids.stream()).toList();
        try {
            // A child may end between the look and the signal; kill then complains and has done the rest.
            new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("cannot run kill: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
