package io.byok.command.key;

import io.byok.command.vault.Credential;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The body of a request that rotates a key. */
public record RotateKeyBody(
        Credential credential, @Nullable Duration overlap, AddKeyBody.@Nullable Validate validate) {}
