package io.byok.platform.seal;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A root that this process holds in memory, from a {@link KeyringFile} or from the environment. Wraps are suite 1. For
 * one machine and for development: whoever reads this process's memory has the root.
 */
final class LocalRoot implements KekProvider {

    /** Where a root outlives its process. */
    interface Keep {

        /** All versions, owned by the caller; empty when the place holds another root. */
        NavigableMap<Integer, SealingKey> read();

        /** Adds a version, durably. */
        int add();

        /** Takes a version away, durably; does nothing when it is away. */
        void drop(int version);
    }

    private final String provider;
    private final UUID root;
    private final NavigableMap<Integer, SealingKey> versions;
    private final Keep keep;

    /** @param versions not empty; owned from now on */
    LocalRoot(String provider, UUID root, NavigableMap<Integer, SealingKey> versions, Keep keep) {
        this.provider = provider;
        this.root = root;
        this.versions = new TreeMap<>(versions);
        this.keep = keep;
    }

    @Override
    public synchronized WrappedKek wrap(byte[] plaintext, Aad place) {
        SealingKey newest = versions.lastEntry().getValue();
        return new WrappedKek(newest.version(), Suite1.seal(newest, place, plaintext));
    }

    @Override
    public synchronized byte[] unwrap(WrappedKek wrapped, Aad place) {
        // By what its row says, not by what the bytes say: a rotation counts rows, and destroys by that count.
        SealingKey key = versions.get(wrapped.rootVersion());
        if (key == null) {
            throw new SealBroken();
        }
        return Suite1.open(key, place, wrapped.bytes());
    }

    @Override
    public WrappedKek rewrap(WrappedKek wrapped, Aad place) {
        byte[] plaintext = unwrap(wrapped, place);
        try {
            return wrap(plaintext, place);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    @Override
    public synchronized Description describe() {
        return new Description(provider, root, List.copyOf(versions.keySet()));
    }

    @Override
    public synchronized int addVersion() {
        int added = keep.add();
        refresh();
        return added;
    }

    @Override
    public synchronized void refresh() {
        NavigableMap<Integer, SealingKey> kept = keep.read();
        if (kept.isEmpty()) {
            throw new KeysUnavailable("the root was exchanged for another while in use", null);
        }
        kept.forEach((version, key) -> {
            // A version's key never changes, so the one in use stays, and the copy just read is wiped.
            if (versions.putIfAbsent(version, key) != null) {
                key.close();
            }
        });
        versions.entrySet().removeIf(known -> {
            boolean gone = !kept.containsKey(known.getKey());
            if (gone) {
                known.getValue().close();
            }
            return gone;
        });
    }

    @Override
    public synchronized void destroyVersion(int version) {
        if (version == versions.lastKey()) {
            throw new KeyRefused("the newest version of a root cannot be destroyed");
        }
        keep.drop(version); // durable first: a crash in between must not leave it alive on disk only
        SealingKey destroyed = versions.remove(version);
        if (destroyed != null) {
            destroyed.close();
        }
    }
}
