package io.byok.query.audit.tree;

import io.byok.kernel.audit.Checkpoint;
import io.byok.platform.seal.NoteKey;
import io.byok.platform.seal.SignedNote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The last state of the platform's log that this node has signed, in a file outside of the database. A database that does
 * not know that state is an older one, or another: the platform's log covers every event of every tenant.
 */
public final class LastSigned {

    private final Path file;

    public LastSigned(Path file) {
        this.file = file;
    }

    /** Replaces it. After a crash at any moment there is the old one or the new one. */
    void write(String note) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE))) {
            ByteBuffer bytes = ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Empty when this node has signed nothing yet. */
    public Optional<String> read() throws IOException {
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    /**
     * Compares it with a database.
     *
     * @throws RolledBack when the database is older than what was signed
     */
    public void check(Checkpoints checkpoints, NoteKey key) throws IOException {
        Optional<String> note = read();
        if (note.isEmpty()) {
            return;
        }
        Checkpoint signed = SignedNote.open(note.get(), key)
                .flatMap(Checkpoint::parse)
                .orElseThrow(() -> new RolledBack("the signing key of this database is not the one that signed " + file
                        + ": it is another" + " database, or its keys were lost"));
        mustBeKnown(signed, checkpoints);
    }

    /** @throws RolledBack when the database does not know that state of the platform's log */
    static void mustBeKnown(Checkpoint signed, Checkpoints checkpoints) {
        boolean known = checkpoints
                .at(AuditTrees.PLATFORM, signed.size())
                .filter(row -> Arrays.equals(row.getRoot(), signed.root()))
                .isPresent();
        if (!known) {
            throw new RolledBack("the database is older than the audit log that was signed, which has " + signed.size()
                    + " events: restore a newer one, or see docs/audit.md, \"After a restore\"");
        }
    }
}
