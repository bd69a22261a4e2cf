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
 *
 * <p><b>Versions.</b> A provider knows the versions it was made with, and learns others by {@link #refresh} and by its
 * own {@link #addVersion} and {@link #destroyVersion}, never otherwise: {@link #describe} answers from memory, and
 * {@link #wrap} goes on under the newest version it knows. {@link Roots} refreshes it when a wrap names a version that
 * {@link #describe} does not, and if that was in vain not again within a second; {@link #unwrap} never needs to look.
 */
public interface KekProvider {

    /** Wraps under the newest version. */
    WrappedKek wrap(byte[] plaintext, Aad place);

    /**
     * The plaintext, owned by the caller.
     *
     * @param wrapped under a version that {@link #describe} names; for any other, either exception is right
     */
    byte[] unwrap(WrappedKek wrapped, Aad place);

    /** The same plaintext under the newest version; where the provider can, without it ever leaving the provider. */
    WrappedKek rewrap(WrappedKek wrapped, Aad place);

    /** The versions known here, from memory: no call to the provider, no wait. */
    Description describe();

    /**
     * Makes a new version from fresh randomness and returns its number, which is higher than every one before. It is
     * durable, in every copy that this root keeps of itself, before this returns; from then on {@link #wrap} uses it
     * here, and other processes can learn it by {@link #refresh}. A crash in between leaves at worst a version that
     * nothing is wrapped under. Two processes that call at once make two versions, or one: never two with one number.
     *
     * @throws KeyRefused when this root can have one version only; the message says in one line what to do instead
     */
    int addVersion();

    /**
     * Reads again, from where the root is kept, which versions there are. Afterwards {@link #describe} names them all
     * and no other. Rate limits are the caller's affair.
     *
     * @throws KeysUnavailable when that place does not answer, or holds another root; what was known stays in use
     */
    void refresh();

    /**
     * Destroys a version, so that nothing wrapped under it opens again; from older backups neither. Does nothing when it
     * is destroyed already: whoever was interrupted calls again.
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
