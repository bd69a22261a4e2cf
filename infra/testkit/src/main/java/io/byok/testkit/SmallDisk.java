package io.byok.testkit;

import io.byok.engines.FileTrees;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** A file system of its own, in memory and small, that can be filled to its last byte. Needs root on Linux. */
public final class SmallDisk implements AutoCloseable {

    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /** Empty when this machine does not let us mount one. */
    public static Optional<SmallDisk> mounted(int megabytes) {
        try {
            Path path = Files.createTempDirectory("byok-disk-");
            if (run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m,mode=0777", "byok-test", path.toString())) {
                SmallDisk disk = new SmallDisk(path);
                Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(disk::unmount));
                return Optional.of(disk);
            }
            Files.delete(path);
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A directory on it, for one engine. */
    public Path directory(String name) {
        return path.resolve(name);
    }

    /** Not a byte more fits on it, until {@link #free}. Whoever deletes something meanwhile makes room again. */
    public void fill() {
        for (int block = 1 << 20; block >= 1 << 12; block >>= 4) {
            fill(block);
        }
    }

    /** Room again. */
    public void free() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill(int block) {
        byte[] zeros = new byte[block];
        try (OutputStream filler =
                Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                filler.write(zeros);
            }
        } catch (IOException full) {
            // It is.
        }
    }

    private Path filler() {
        return path.resolve("filler");
    }

    private void unmount() {
        if (Files.exists(path) && run("umount", "-l", path.toString())) {
            FileTrees.delete(path);
        }
    }

    @Override
    public void close() {
        unmount();
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false; // no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
