package io.byok.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What the numbers were measured on, in one line. */
final class Machine {

    private Machine() {}

    static String describe() {
        return String.join(
                ", ",
                Runtime.getRuntime().availableProcessors() + " cores",
                processor().orElse(System.getProperty("os.arch")),
                System.getProperty("os.name"),
                "Java " + Runtime.version());
    }

    private static Optional<String> processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }
}
