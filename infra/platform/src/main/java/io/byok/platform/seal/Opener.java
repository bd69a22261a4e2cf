package io.byok.platform.seal;

/** Opens what a {@link Sealer} sealed. Safe for any number of threads. */
public final class Opener {

    private final Keyring keyring;

    public Opener(Keyring keyring) {
        this.keyring = keyring;
    }

    /**
     * Opens sealed bytes in their place, with the key that their header names.
     *
     * @throws SealBroken for everything that was not sealed for exactly this place
     * @throws KeyMissing when the key is gone and no tombstone says why
     * @throws KeysUnavailable when keys cannot be reached now
     */
    public Opened open(byte[] sealed, Aad place) {
        SealedHeader header = SealedHeader.read(sealed);
        return switch (keyring.byId(header.keyId(), header.keyVersion())) {
            case Keyring.Found.Shredded shredded -> new Opened.Shredded(shredded.keyId());
            case Keyring.Found.Missing missing -> throw new KeyMissing(missing.keyId());
            case Keyring.Found.Live live -> {
                try (live) {
                    yield new Opened.Plain(open(live.ref(), live.key(), sealed, place));
                }
            }
        };
    }

    /**
     * Opens with a key that the caller holds; the plaintext is owned by the caller.
     *
     * @throws SealBroken for everything that was not sealed under this key for exactly this place
     */
    public static byte[] open(DataKeyRef ref, SealingKey key, byte[] sealed, Aad place) {
        if (!ref.mayOpen(place)) {
            throw new SealBroken();
        }
        return Suite1.open(key, place, sealed);
    }
}
