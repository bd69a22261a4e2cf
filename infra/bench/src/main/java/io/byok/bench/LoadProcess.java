package io.byok.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The process of {@link ResolveLoad}, asked for one run at a time. */
final class LoadProcess implements AutoCloseable {

    /** What one run saw; latencies in milliseconds. */
    record Measured(long done, double perSecond, double p50, double p99) {}

    private final Process process;
    private final PrintStream in;
    private final BufferedReader out;

    LoadProcess(Path requests) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ResolveLoad.class.getName(),
                        requests.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        in = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @throws IllegalStateException when an answer was no 200 */
    Measured run(int port, int callers, Duration length) throws IOException {
        in.println(port + " " + callers + " " + length.toMillis());
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("done=")) {
                double done = field(line, "done");
                return new Measured((long) done, done / field(line, "seconds"), field(line, "p50"), field(line, "p99"));
            }
        }
        throw new IllegalStateException("the load on port " + port + " failed");
    }

    private static double field(String line, String name) {
        for (String field : List.of(line.split(" "))) {
            if (field.startsWith(name + "=")) {
                return Double.parseDouble(field.substring(name.length() + 1));
            }
        }
        throw new IllegalStateException("no " + name + " in " + line);
    }

    @Override
    public void close() {
        in.close();
        process.destroy();
    }
}
