package io.byok.e2e;

import io.byok.engines.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clock of other processes, put forward and back while they run: a few lines of C between them and the system.
 * Monotonic time stays true. Linux with a C compiler only; libfaketime makes a JVM ten times slower.
 */
final class FakeClock implements AutoCloseable {

    private final Path directory;

    private FakeClock(Path directory) {
        this.directory = directory;
    }

    /** Showing the true time at first. Empty where it cannot be made. */
    static Optional<FakeClock> made() {
        try {
            FakeClock clock = new FakeClock(Files.createTempDirectory("byok-clock-"));
            clock.is(Duration.ZERO);
            if (clock.compiles()) {
                return Optional.of(clock);
            }
            clock.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a process that goes by this clock. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library().toString(),
                "CLOCK_AHEAD_FILE", offset().toString());
    }

    /** From now on, so far from the truth, to the second. */
    void is(Duration ahead) {
        ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        seconds.putLong(ahead.toSeconds()).flip();
        // In place: it is mapped elsewhere.
        try (FileChannel file = FileChannel.open(offset(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(seconds, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean compiles() {
        Path source = ServerJvm.ROOT.resolve("infra/e2e/src/test/c/clock.c");
        try {
            return new ProcessBuilder(
                                    "cc",
                                    "-shared",
                                    "-fPIC",
                                    "-O2",
                                    "-o",
                                    library().toString(),
                                    source.toString())
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // no compiler
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path library() {
        return directory.resolve("clock.so");
    }

    private Path offset() {
        return directory.resolve("ahead");
    }

    @Override
    public void close() {
        FileTrees.delete(directory);
    }
}
