package io.byok.command.key;

import io.byok.command.vault.Credential;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a request that adds a key. */
public record AddKeyBody(
        String provider,
        @Nullable String environment,
        @Nullable String alias,
        @Nullable String description,
        @Nullable List<@Nullable String> tags,
        @Nullable Instant expiresAt,
        @Nullable Integer priority,
        @Nullable Boolean fallback,
        @Nullable List<@Nullable String> models,
        @Nullable Validate validate,
        Credential credential) {

    /** When the provider is asked whether the key is good. */
    public enum Validate {
        NOW,
        LATER,
        NEVER
    }
}
