package io.byok.platform.seal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The default root: a file of random keys, one line of versions per chain, readable by its owner only. Whoever loses it
 * loses everything sealed below it; back it up apart from the database. Safe for any number of threads and processes.
 *
 * <p>A node that must not open credentials is given a copy without the credentials chain: {@link #only}.
 */
public final class KeyringFile {

    /** A file lock keeps other processes away; among the threads of one process it would throw instead of waiting. */
    private static final Object ONE_CHANGE = new Object();

    private final Path path;
    private final @Nullable Passphrase passphrase;

    private KeyringFile(Path path, @Nullable Passphrase passphrase) {
        this.path = path;
        this.passphrase = passphrase;
    }

    /**
     * Opens the keyring, or makes one with a fresh root per chain when there is none. Never overwrites one.
     *
     * @throws KeyRefused when others may read the file, or it is damaged or holds weak keys
     * @throws IOException when the file system fails
     */
    public static KeyringFile openOrCreate(Path path, @Nullable Passphrase passphrase) throws IOException {
        try {
            return open(path, passphrase);
        } catch (NoSuchFileException none) {
            create(path, fresh(), passphrase);
            return open(path, passphrase);
        }
    }

    private static void create(Path path, List<KeyringFormat.Entry> fresh, @Nullable Passphrase passphrase)
            throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        try {
            locked(path, () -> AtomicFile.create(path, KeyringFormat.write(fresh, passphrase)));
        } catch (FileAlreadyExistsException other) {
            // Another process was first; its keyring is the keyring.
        } finally {
            wipe(fresh);
        }
    }

    /** Without a passphrase; otherwise as {@link #openOrCreate(Path, Passphrase)}. */
    public static KeyringFile openOrCreate(Path path) throws IOException {
        return openOrCreate(path, null);
    }

    /** Opens an existing keyring; otherwise as {@link #openOrCreate(Path)}. */
    public static KeyringFile open(Path path) throws IOException {
        return open(path, null);
    }

    /**
     * Opens an existing keyring. One that is not protected becomes so when there is a passphrase; the keys stay the same.
     * Copies made before are as open as they were.
     */
    public static KeyringFile open(Path path, @Nullable Passphrase passphrase) throws IOException {
        KeyringFile file = new KeyringFile(path, passphrase);
        wipe(file.read());
        if (passphrase != null && !file.isProtected()) {
            file.change(UnaryOperator.identity());
        }
        return file;
    }

    private boolean isProtected() throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        try {
            return KeyringFormat.isProtected(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static List<KeyringFormat.Entry> fresh() {
        return Arrays.stream(KeyChain.values())
                .map(chain -> new KeyringFormat.Entry(chain, SealingKey.random(UUID.randomUUID(), 1)))
                .toList();
    }

    private static void refuseOthers(Path path) throws IOException {
        Set<PosixFilePermission> others = Files.getPosixFilePermissions(path);
        others.removeAll(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
        if (!others.isEmpty()) {
            throw new KeyRefused("the keyring " + path + " is open to others than its owner; run: chmod 600 " + path);
        }
    }

    /** The roots in this file. They follow the file: what another process or the operator puts there is met again. */
    public Map<KeyChain, KekProvider> roots() throws IOException {
        List<KeyringFormat.Entry> entries = read();
        Map<KeyChain, KekProvider> roots = new EnumMap<>(KeyChain.class);
        for (KeyringFormat.Entry entry : entries) {
            roots.computeIfAbsent(entry.chain(), chain -> {
                RootInFile kept = new RootInFile(this, chain, entry.key().id());
                return new LocalRoot("keyring-file", entry.key().id(), kept.of(entries), kept);
            });
        }
        return roots;
    }

    /** Writes the roots of one chain to another file, for a node that is to have no other. */
    public void only(KeyChain chain, Path target) throws IOException {
        List<KeyringFormat.Entry> all = read();
        try {
            List<KeyringFormat.Entry> chosen =
                    all.stream().filter(entry -> entry.chain() == chain).toList();
            locked(target, () -> AtomicFile.create(target, KeyringFormat.write(chosen, passphrase)));
        } finally {
            wipe(all);
        }
    }

    /** What the file holds now; the keys are owned by the caller. */
    List<KeyringFormat.Entry> read() throws IOException {
        refuseOthers(path);
        byte[] bytes = Files.readAllBytes(path); // one file or the other, whole: it is only ever replaced by a rename
        try {
            return KeyringFormat.read(bytes, passphrase);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Replaces what the file holds by what becomes of it: read, changed and written under a lock on {@code <file>.lock},
     * so that of two processes that change it neither undoes the other. The lock is on a file beside it, for the keyring
     * itself is another file after each change.
     */
    void change(UnaryOperator<List<KeyringFormat.Entry>> change) throws IOException {
        locked(path, () -> {
            List<KeyringFormat.Entry> before = read();
            try {
                List<KeyringFormat.Entry> after = change.apply(before);
                try {
                    AtomicFile.replace(path, KeyringFormat.write(after, passphrase));
                } finally {
                    wipe(after);
                }
            } finally {
                wipe(before);
            }
        });
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private static void locked(Path path, Writing writing) throws IOException {
        Path lock = path.resolveSibling(path.getFileName() + ".lock");
        synchronized (ONE_CHANGE) {
            try (FileChannel channel = FileChannel.open(
                            lock,
                            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                    FileLock _ = channel.lock()) {
                writing.run();
            }
        }
    }

    private static void wipe(List<KeyringFormat.Entry> entries) {
        entries.forEach(entry -> entry.key().close());
    }
}
