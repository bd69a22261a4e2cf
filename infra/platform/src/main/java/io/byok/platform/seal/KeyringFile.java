package io.byok.platform.seal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The default root: a file of random keys, one line of versions per chain, readable by its owner only. Whoever loses it
 * loses everything sealed below it; back it up apart from the database.
 *
 * <p>A node that must not open credentials is given a copy without the credentials chain: {@link #only}.
 */
public final class KeyringFile {

    private final Path path;
    private final List<KeyringFormat.Entry> entries;

    private KeyringFile(Path path, List<KeyringFormat.Entry> entries) {
        this.path = path;
        this.entries = new ArrayList<>(entries);
    }

    /**
     * Opens the keyring, or makes one with a fresh root per chain when there is none. Never overwrites one.
     *
     * @throws KeyRefused when others may read the file, or it is damaged or holds weak keys
     * @throws IOException when the file system fails
     */
    public static KeyringFile openOrCreate(Path path) throws IOException {
        try {
            return open(path);
        } catch (NoSuchFileException none) {
            try {
                AtomicFile.create(path, KeyringFormat.write(fresh()));
            } catch (FileAlreadyExistsException other) {
                // Another process was first; its keyring is the keyring.
            }
            return open(path);
        }
    }

    /** Opens an existing keyring; otherwise as {@link #openOrCreate}. */
    public static KeyringFile open(Path path) throws IOException {
        refuseOthers(path);
        byte[] bytes = Files.readAllBytes(path);
        try {
            return new KeyringFile(path, KeyringFormat.read(bytes));
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

    /** The roots in this file. */
    public Map<KeyChain, KekProvider> roots() {
        Map<KeyChain, NavigableMap<Integer, SealingKey>> versions = new EnumMap<>(KeyChain.class);
        for (KeyringFormat.Entry entry : entries) {
            versions.computeIfAbsent(entry.chain(), chain -> new TreeMap<>())
                    .put(entry.key().version(), entry.key());
        }
        Map<KeyChain, KekProvider> roots = new EnumMap<>(KeyChain.class);
        versions.forEach((chain, keys) -> roots.put(
                chain,
                new LocalRoot("keyring-file", keys.firstEntry().getValue().id(), keys, gone -> drop(chain, gone))));
        return roots;
    }

    /** Writes the roots of one chain to another file, for a node that is to have no other. */
    public void only(KeyChain chain, Path target) throws IOException {
        AtomicFile.create(
                target,
                KeyringFormat.write(
                        entries.stream().filter(entry -> entry.chain() == chain).toList()));
    }

    private synchronized void drop(KeyChain chain, int version) {
        List<KeyringFormat.Entry> left = entries.stream()
                .filter(entry -> entry.chain() != chain || entry.key().version() != version)
                .toList();
        try {
            AtomicFile.replace(path, KeyringFormat.write(left));
        } catch (IOException failed) {
            throw new KeysUnavailable("the keyring file cannot be written", failed);
        }
        entries.retainAll(left);
    }
}
