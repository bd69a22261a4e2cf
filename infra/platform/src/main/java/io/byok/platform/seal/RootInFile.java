package io.byok.platform.seal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** One chain's root in a {@link KeyringFile}. */
final class RootInFile implements LocalRoot.Keep {

    private final KeyringFile file;
    private final KeyChain chain;
    private final UUID root;

    RootInFile(KeyringFile file, KeyChain chain, UUID root) {
        this.file = file;
        this.chain = chain;
        this.root = root;
    }

    /** This root's versions among what a file holds. */
    NavigableMap<Integer, SealingKey> of(List<KeyringFormat.Entry> entries) {
        NavigableMap<Integer, SealingKey> versions = new TreeMap<>();
        entries.stream()
                .filter(this::ours)
                .forEach(entry -> versions.put(entry.key().version(), entry.key()));
        return versions;
    }

    @Override
    public NavigableMap<Integer, SealingKey> read() {
        try {
            List<KeyringFormat.Entry> entries = file.read();
            entries.stream()
                    .filter(entry -> !ours(entry))
                    .forEach(other -> other.key().close());
            return of(entries);
        } catch (IOException | KeyRefused unreadable) {
            // Refused, too: an operator who copies a new file into place may still be about to set its mode.
            throw new KeysUnavailable("the keyring file cannot be read", unreadable);
        }
    }

    @Override
    public int add() {
        int[] added = new int[1];
        change(entries -> {
            NavigableMap<Integer, SealingKey> versions = of(entries);
            if (versions.isEmpty()) {
                throw new KeysUnavailable("the keyring file holds another root than it did at the start", null);
            }
            added[0] = versions.lastKey() + 1;
            List<KeyringFormat.Entry> more = new ArrayList<>(entries);
            more.add(new KeyringFormat.Entry(chain, SealingKey.random(root, added[0])));
            return more;
        });
        return added[0];
    }

    @Override
    public void drop(int version) {
        change(entries -> entries.stream()
                .filter(entry -> !ours(entry) || entry.key().version() != version)
                .toList());
    }

    private boolean ours(KeyringFormat.Entry entry) {
        return entry.chain() == chain && entry.key().id().equals(root);
    }

    private void change(UnaryOperator<List<KeyringFormat.Entry>> change) {
        try {
            file.change(change);
        } catch (IOException failed) {
            throw new KeysUnavailable("the keyring file cannot be written", failed);
        }
    }
}
