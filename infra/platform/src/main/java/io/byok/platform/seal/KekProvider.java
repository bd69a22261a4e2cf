package io.byok.platform.seal;

import java.util.List;
import java.util.UUID;

/**
 * L0: where a chain's root key lives, outside the database. One instance stands for one root with all its versions. Safe
 * for any number of threads.
 *
 * <p>A provider need not bind what it wraps to its place: {@link BoundRoot} puts a hash of the place inside every
 * plaintext and checks it. A provider that can bind should do so as well.
 *
 * <p>All calls throw {@link KeysUnavailable} when the provider does not answer, and {@link SealBroken} when it answers
 * that the bytes do not open.
 */
public interface KekProvider {

    /** Wraps under the newest version. */
    WrappedKek wrap(byte[] plaintext, Aad place);

    /** The plaintext, owned by the caller. */
    byte[] unwrap(WrappedKek wrapped, Aad place);

    /** The same plaintext under the newest version; where the provider can, without it ever leaving the provider. */
    WrappedKek rewrap(WrappedKek wrapped, Aad place);

    Description describe();

    /**
     * Destroys a version, so that nothing wrapped under it opens again; from older backups neither.
     *
     * @throws KeyRefused for the newest version
     */
    void destroyVersion(int version);

    /**
     * What an operator may see of a root.
     *
     * @param root stable for the life of the root; every wrap below is bound to it
     * @param versions the living ones, ascending, the newest last
     */
    record Description(String provider, UUID root, List<Integer> versions) {

        public int newest() {
            return versions.getLast();
        }
    }
}
