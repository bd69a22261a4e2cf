package io.byok.platform.seal;

/**
 * A data key as it is stored.
 *
 * @param wrapped under the tenant's key of its chain; lent, never changed
 */
public record WrappedDataKey(DataKeyRef ref, byte[] wrapped) {

    @Override
    public String toString() {
        return "WrappedDataKey[" + ref.id() + " v" + ref.version() + "]";
    }
}
