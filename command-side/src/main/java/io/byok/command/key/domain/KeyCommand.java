package io.byok.command.key.domain;

import io.byok.kernel.KeyId;
import io.byok.kernel.key.KeyLabel;
import io.byok.kernel.key.KeyPolicy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can be asked of a provider key. Instants and ids arrive here; credentials do not: they go to the vault. */
public sealed interface KeyCommand {

    KeyId key();

    /** When it was asked, by the clock of the node. */
    Instant at();

    record AddKey(
            KeyId key,
            @Nullable String userId,
            String provider,
            String environment,
            KeyLabel label,
            KeyPolicy policy,
            String hint,
            String fingerprint,
            Instant at)
            implements KeyCommand {}

    record ChangeKey(KeyId key, KeyChange change, Instant at) implements KeyCommand {}

    /** @param overlap how long the version before still serves as a fallback; zero for not at all */
    record RotateKey(KeyId key, String hint, String fingerprint, Duration overlap, Instant at) implements KeyCommand {}

    /** The overlap of a version is over. */
    record RetireVersion(KeyId key, int version, Instant at) implements KeyCommand {}

    record DisableKey(KeyId key, @Nullable String reason, Instant at) implements KeyCommand {}

    record EnableKey(KeyId key, @Nullable String reason, Instant at) implements KeyCommand {}

    record RevokeKey(KeyId key, @Nullable String reason, Instant at) implements KeyCommand {}

    record DeleteKey(KeyId key, @Nullable String reason, Instant at) implements KeyCommand {}
}
