package io.byok.platform.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes a small secret file so that after a crash at any moment there is the old one or the new one, whole and on disk.
 * The file is 0600 from its first byte. The bytes are wiped after writing. Writers of one file exclude each other: that is
 * their affair.
 */
final class AtomicFile {

    private static final String NEW = ".new";

    private AtomicFile() {}

    /** @throws java.nio.file.FileAlreadyExistsException when it exists, also when another process was faster */
    static void create(Path target, byte[] secret) throws IOException {
        Path temporary = writeTemporary(target, secret);
        try {
            Files.createLink(target, temporary); // unlike a rename, a link never replaces what is there
        } finally {
            Files.delete(temporary);
        }
        syncDirectory(target);
    }

    static void replace(Path target, byte[] secret) throws IOException {
        Path temporary = writeTemporary(target, secret);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(target);
    }

    /**
     * Deletes what writers that were killed have left beside the file. It may hold keys that were destroyed since, and
     * nobody else would ever look at it again.
     */
    private static void deleteLeftovers(Path target) throws IOException {
        Pattern temporary = Pattern.compile(Pattern.quote("." + target.getFileName()) + "\\d+" + Pattern.quote(NEW));
        try (Stream<Path> beside = Files.list(directory(target))) {
            for (Path one : beside.toList()) {
                if (temporary.matcher(one.getFileName().toString()).matches()) {
                    Files.deleteIfExists(one);
                }
            }
        }
    }

    private static Path writeTemporary(Path target, byte[] secret) throws IOException {
        Path directory = directory(target);
        Files.createDirectories(directory);
        deleteLeftovers(target);
        Path temporary = Files.createTempFile(
                directory,
                "." + target.getFileName(),
                NEW,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel file = FileChannel.open(temporary, Set.of(StandardOpenOption.WRITE))) {
            ByteBuffer bytes = ByteBuffer.wrap(secret);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        } catch (IOException full) {
            Files.deleteIfExists(temporary);
            throw full;
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
        return temporary;
    }

    // A rename or link lives in the directory, and is durable only when that is.
    private static void syncDirectory(Path target) throws IOException {
        try (FileChannel directory = FileChannel.open(directory(target), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static Path directory(Path target) {
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("no file has the path " + target);
        }
        return parent;
    }
}
