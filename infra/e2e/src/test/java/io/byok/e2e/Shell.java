package io.byok.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Runs a script with bash, at the root of the checkout. */
final class Shell {

    private Shell() {}

    /** How it ended, and what it wrote on both of its streams. */
    record Ran(int exit, String output) {}

    static Ran run(String script) {
        return run(script, Map.of());
    }

    static Ran run(String script, Map<String, String> environment) {
        try {
            Path file = Files.createTempFile("byok-script-", ".sh");
            try {
                Files.writeString(file, script);
                ProcessBuilder builder = new ProcessBuilder("bash", file.toString())
                        .directory(ServerJvm.ROOT.toFile())
                        .redirectErrorStream(true);
                builder.environment().putAll(environment);
                Process process = builder.start();
                process.getOutputStream().close();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Ran(process.waitFor(), output);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
