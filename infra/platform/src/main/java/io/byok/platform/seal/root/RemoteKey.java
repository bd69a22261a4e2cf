package io.byok.platform.seal.root;

import io.byok.platform.seal.WrappedKek;
import java.util.List;

/**
 * One chain's root key in a key service. Knows the service's language and nothing else: time limits, repeating, counting
 * and remembering are {@link RemoteRoot}'s. Safe for any number of threads.
 *
 * <p>All calls throw {@link RemoteTrouble} when the service does not do what it was asked, {@link
 * io.byok.platform.seal.SealBroken} when it says that the bytes do not open, and {@link
 * io.byok.platform.seal.KeyRefused} when it says that the key is not fit to be a root.
 */
public interface RemoteKey {

    /** What the key is called there, the same for ever: the root's id is made from it. */
    String name();

    /** The versions that can be used, ascending, at least one. */
    List<Integer> versions();

    /**
     * @param version to wrap under
     * @param place 32 bytes to bind it to
     */
    WrappedKek wrap(int version, byte[] plaintext, byte[] place);

    /** What was wrapped for this place, in an array of the caller's. */
    byte[] unwrap(WrappedKek wrapped, byte[] place);

    /** The same plaintext under another version; where the service can, without this process seeing it. */
    WrappedKek rewrap(WrappedKek wrapped, int version, byte[] place);

    /** Makes a version that is newer than all. Not repeated: a lost answer would leave one more. */
    void addVersion();

    /** Destroys a version and nothing newer, or does nothing when it is destroyed. */
    void destroyVersion(int version);
}
