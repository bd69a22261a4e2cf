package io.byok.platform.seal;

/**
 * A new data key in the clear, and wrapped for storage. Closing wipes the key.
 *
 * @param wrapped suite 1 under the tenant's key; lent, never changed
 */
public record MintedKey(DataKeyRef ref, SealingKey key, byte[] wrapped) implements AutoCloseable {

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "MintedKey[" + ref.id() + "]";
    }
}
