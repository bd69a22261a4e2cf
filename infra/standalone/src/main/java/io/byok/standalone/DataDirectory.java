package io.byok.standalone;

import io.byok.engines.FileTrees;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one directory in which a server keeps everything. While it is open no other process can open it; the system lets
 * go of the lock when the process dies, however it dies. Only its owner can look inside.
 */
final class DataDirectory implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final String STATE = "server.state";
    private static final String HOLDS_KEYS = "postgres/holds-keys";

    private final Path path;
    private final FileChannel lock;
    private final boolean ephemeral;

    private DataDirectory(Path path, FileChannel lock, boolean ephemeral) {
        this.path = path;
        this.lock = lock;
        this.ephemeral = ephemeral;
    }

    /**
     * @param ephemeral whether to begin with nothing and to leave nothing
     * @throws StartFailure if another process has it open, or it cannot be written
     */
    static DataDirectory open(Path wanted, boolean ephemeral) {
        try {
            Path path = Files.createDirectories(wanted.toAbsolutePath(), ownerOnly(wanted))
                    .toRealPath();
            FileChannel lock = FileChannel.open(
                    path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(lock)) {
                String owner = Files.readString(path.resolve(LOCK)).strip();
                lock.close();
                throw new StartFailure(path + " is already in use by process " + (owner.isEmpty() ? "?" : owner));
            }
            lock.truncate(0);
            lock.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
            DataDirectory opened = new DataDirectory(path, lock, ephemeral);
            if (ephemeral) {
                opened.empty();
            }
            return opened;
        } catch (IOException e) {
            throw new StartFailure("cannot write the data directory " + wanted + " (" + e.getMessage() + ")");
        }
    }

    Path path() {
        return path;
    }

    Path log() {
        return path.resolve("logs").resolve("byok.log");
    }

    Path firstToken() {
        return path.resolve("first-token");
    }

    /**
     * Whether the embedded database was served with keys once. True is certain: the mark lies inside the database's own
     * directory and goes where that goes. False is not.
     */
    boolean embeddedHoldsKeys() {
        return Files.exists(path.resolve(HOLDS_KEYS));
    }

    /** The embedded database holds keys from here on. */
    void markEmbeddedHoldsKeys() {
        try {
            Files.write(path.resolve(HOLDS_KEYS), new byte[0]);
        } catch (IOException e) {
            throw new StartFailure("cannot write " + path.resolve(HOLDS_KEYS) + " (" + e.getMessage() + ")");
        }
    }

    /** Tells the launcher about this process: lines of {@code name=value}, replaced as a whole. */
    void publish(List<String> lines) {
        try {
            Path fresh = path.resolve(STATE + ".new");
            Files.write(fresh, lines);
            Files.move(fresh, path.resolve(STATE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StartFailure("cannot write " + path.resolve(STATE) + " (" + e.getMessage() + ")");
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            Files.deleteIfExists(path.resolve(STATE));
            if (ephemeral) {
                empty();
            }
            lock.truncate(0);
        }
    }

    private void empty() throws IOException {
        List<Path> children;
        try (Stream<Path> listing = Files.list(path)) {
            children = listing.filter(child -> !child.endsWith(LOCK)).toList();
        }
        children.forEach(FileTrees::delete);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process has it
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
