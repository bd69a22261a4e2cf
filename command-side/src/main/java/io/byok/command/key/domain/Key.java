package io.byok.command.key.domain;

import io.byok.kernel.KeyId;
import io.byok.kernel.key.KeyLabel;
import io.byok.kernel.key.KeyPolicy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The states of a provider key. What cannot be done in a state is not representable in it. */
public sealed interface Key {

    /** Nothing has happened yet. */
    record Absent() implements Key {}

    /** A key that exists, with all that is known about it. */
    sealed interface Present extends Key {
        Facts facts();
    }

    /** It is served. */
    record Active(Facts facts) implements Present {}

    /** It is not served, and can be again. */
    record Disabled(Facts facts) implements Present {}

    /** It is never served again; its credential still lies in the vault until it is deleted. */
    record Revoked(Facts facts) implements Present {}

    /** Its credential is destroyed. */
    record Deleted(Facts facts) implements Present {}

    /**
     * What all states of an existing key share.
     *
     * @param userId absent for a key of the platform's own
     * @param versions in the order of their numbers, from 1; the last one serves
     */
    record Facts(
            KeyId id,
            @Nullable String userId,
            String provider,
            String environment,
            KeyLabel label,
            KeyPolicy policy,
            String hint,
            String fingerprint,
            List<Version> versions,
            Instant createdAt,
            Instant updatedAt) {

        public Facts {
            versions = List.copyOf(versions);
        }

        /** The version that serves. */
        public Version current() {
            return versions.getLast();
        }
    }
}
