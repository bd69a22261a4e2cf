package io.byok.platform.seal;

/**
 * A tenant's key-encryption key as a provider wrapped it.
 *
 * @param rootVersion the version of the root it is wrapped under, so that rotation can count what is left
 * @param bytes the provider's own format; lent, never changed
 */
public record WrappedKek(int rootVersion, byte[] bytes) {

    @Override
    public String toString() {
        return "WrappedKek[root v" + rootVersion + "]";
    }
}
