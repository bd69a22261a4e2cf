package io.byok.kernel.key;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.KeyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What can happen to a provider key. The credential itself never appears here: only its hint (what people see) and its
 * fingerprint (a keyed hash, equal for equal credentials of one tenant).
 */
public sealed interface KeyEvent extends DomainEvent {

    KeyId key();

    /**
     * The key exists, is active, and its version 1 lies in the vault.
     *
     * @param userId the application's own id of the end user; absent for a key of the platform's own
     */
    record KeyAdded(
            KeyId key,
            @Nullable String userId,
            String provider,
            String environment,
            KeyLabel label,
            KeyPolicy policy,
            String hint,
            String fingerprint,
            Instant at)
            implements KeyEvent {}

    /** How people call it, or when and in which order it serves, is now this. */
    record KeyChanged(KeyId key, KeyLabel label, KeyPolicy policy, Instant at) implements KeyEvent {}

    /**
     * A new version serves. The one before it is destroyed at once, or serves as a fallback until
     * {@code previousUntil}.
     */
    record KeyRotated(
            KeyId key,
            int version,
            String hint,
            String fingerprint,
            @Nullable Instant previousUntil,
            Instant at) implements KeyEvent {}

    /** The overlap after a rotation has ended; that version's credential is destroyed. */
    record KeyVersionRetired(KeyId key, int version, Instant at) implements KeyEvent {}

    /** The key is not served until it is enabled. */
    record KeyDisabled(KeyId key, @Nullable String reason, Instant at) implements KeyEvent {}

    /** The key is served again. */
    record KeyEnabled(KeyId key, @Nullable String reason, Instant at) implements KeyEvent {}

    /** The key is never served again. */
    record KeyRevoked(KeyId key, @Nullable String reason, Instant at) implements KeyEvent {}

    /** The sealed credential is destroyed; the history stays. */
    record KeyDeleted(KeyId key, @Nullable String reason, Instant at) implements KeyEvent {}
}
