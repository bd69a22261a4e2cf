package io.byok.platform.seal;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntConsumer;

/**
 * A root that this process holds in memory, from a {@link KeyringFile} or from the environment. Wraps are suite 1. For
 * one machine and for development: whoever reads this process's memory has the root.
 */
final class LocalRoot implements KekProvider {

    private final String provider;
    private final UUID root;
    private final NavigableMap<Integer, SealingKey> versions;
    private final IntConsumer forget;

    /**
     * @param versions not empty; owned from now on
     * @param forget removes a version from where the root is kept, durably
     */
    LocalRoot(String provider, UUID root, NavigableMap<Integer, SealingKey> versions, IntConsumer forget) {
        this.provider = provider;
        this.root = root;
        this.versions = new TreeMap<>(versions);
        this.forget = forget;
    }

    @Override
    public synchronized WrappedKek wrap(byte[] plaintext, Aad place) {
        SealingKey newest = versions.lastEntry().getValue();
        return new WrappedKek(newest.version(), Suite1.seal(newest, place, plaintext));
    }

    @Override
    public synchronized byte[] unwrap(WrappedKek wrapped, Aad place) {
        SealingKey key = versions.get(SealedHeader.read(wrapped.bytes()).keyVersion());
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
    public synchronized void destroyVersion(int version) {
        if (version == versions.lastKey()) {
            throw new KeyRefused("the newest version of a root cannot be destroyed");
        }
        forget.accept(version); // durable first: a crash in between must not leave it alive on disk only
        SealingKey destroyed = versions.remove(version);
        if (destroyed != null) {
            destroyed.close();
        }
    }
}
