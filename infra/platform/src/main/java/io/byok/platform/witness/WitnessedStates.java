package io.byok.platform.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.byok.kernel.audit.Checkpoint;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.platform.seal.CosignerKey;
import io.byok.platform.seal.DurableFile;
import io.byok.platform.seal.SignedNote;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest state of each log that was cosigned, as files: the note with the witness's own cosignature, under the SHA-256
 * of the log's name. One process at a time has the directory. What is written is on disk; a file that does not carry the
 * witness's cosignature stops that log, for nothing may be cosigned after a state that is not known.
 */
final class WitnessedStates implements AutoCloseable {

    private final Path directory;
    private final CosignerKey own;
    private final FileChannel channel;
    private final FileLock lock;

    private WitnessedStates(Path directory, CosignerKey own, FileChannel channel, FileLock lock) {
        this.directory = directory;
        this.own = own;
        this.channel = channel;
        this.lock = lock;
    }

    /** @throws IllegalStateException when another process has the directory */
    static WitnessedStates open(Path directory, CosignerKey own) throws IOException {
        Files.createDirectories(directory.resolve("logs"));
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw new IllegalStateException("another witness works in " + directory);
        }
        return new WitnessedStates(directory, own, channel, lock);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            return null;
        }
    }

    /**
     * The newest one, empty when none of that log was ever cosigned.
     *
     * @throws IOException when it cannot be read, or is not what was written
     */
    Optional<Checkpoint> newest(String origin) throws IOException {
        Path file = file(origin);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String note = Files.readString(file);
        return Optional.of(SignedNote.text(note)
                .filter(_ -> own.cosigned(note).isPresent())
                .flatMap(Checkpoint::parse)
                .filter(state -> state.origin().equals(origin))
                .orElseThrow(() -> new IOException("not what this witness wrote: " + file.getFileName())));
    }

    void write(String origin, String cosignedNote) throws IOException {
        DurableFile.replace(file(origin), cosignedNote);
    }

    /** Keeps what a log has signed and what does not fit: who reads both knows that the log's owner lied. */
    void keepEvidence(String request) throws IOException {
        Path kept = directory.resolve("evidence").resolve(SignedNote.hash(request));
        if (!Files.exists(kept)) {
            DurableFile.replace(kept, request);
        }
    }

    private Path file(String origin) {
        return directory
                .resolve("logs")
                .resolve(HexFormat.of().formatHex(new MerkleHash().sha256(origin.getBytes(UTF_8))));
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            lock.release();
            channel.close();
        }
    }
}
