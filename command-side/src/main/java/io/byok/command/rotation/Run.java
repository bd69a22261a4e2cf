package io.byok.command.rotation;

import io.byok.kernel.Provenance;
import io.byok.kernel.RotationId;
import io.byok.kernel.TenantId;
import io.byok.platform.seal.KeyChain;
import io.byok.platform.seal.KeyLevel;
import io.byok.platform.seal.Rotation;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rotation that was asked for, and how far it is.
 *
 * @param chain absent for both
 * @param tenant whose keys, absent for everybody's
 * @param moves whether it leaves another root
 * @param operator the tenant of who asked
 * @param failure why it failed; while it runs, what it waits for
 */
record Run(
        RotationId id,
        KeyLevel level,
        @Nullable KeyChain chain,
        @Nullable TenantId tenant,
        boolean moves,
        TenantId operator,
        Provenance by,
        State state,
        long total,
        long done,
        long remaining,
        @Nullable String failure,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant finishedAt) {

    /** The words are stored. */
    enum State {
        RUNNING("running"),
        FINISHED("finished"),
        FAILED("failed");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    Rotation.Scope scope() {
        Set<KeyChain> chains = chain == null ? EnumSet.allOf(KeyChain.class) : Set.of(chain);
        return new Rotation.Scope(chains, tenant, startedAt, moves);
    }
}
