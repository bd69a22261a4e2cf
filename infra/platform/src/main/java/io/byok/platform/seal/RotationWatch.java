package io.byok.platform.seal;

import io.byok.kernel.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Told how a rotation goes. What it throws ends the run there, as a kill would, and nothing is lost by it. */
public interface RotationWatch {

    /** Places between which a run changes something durable. */
    enum Step {
        /** A new version exists; nothing is under it. */
        VERSION_MADE,
        /** One wrap was made and opened again; the old one is still the stored one. */
        REWRAPPED,
        /** Some wraps were replaced. */
        STORED,
        /** The old version is retired: nothing comes under it any more. */
        RETIRED,
        /** Nothing is under the old version; it is about to be destroyed. */
        EMPTY,
        /** The old version was destroyed. */
        DESTROYED
    }

    /** Called at every step. */
    void reached(Step step);

    /** So many more wraps, or sealed credentials, are under the new version. */
    void moved(int count);

    /** One that does not open, and therefore stays what it is; its key is kept for it. */
    void broken(UUID key, int version);

    /**
     * An old version is destroyed, or is in the next moment: nothing is under it. Told at least once; after an
     * interruption again.
     *
     * @param tenant whose key it was, absent for a root
     */
    void destroyed(KeyChain chain, @Nullable TenantId tenant, UUID key, int version);
}
