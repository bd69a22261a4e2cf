package io.byok.command.key;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link KeyPatch} reads, for the description only: in a merge patch a field that is absent and one that is null are
 * two things, and no record can tell them apart.
 */
record KeyPatchBody(
        @Nullable String alias,
        @Nullable String description,
        @Nullable List<String> tags,
        @Nullable Instant expiresAt,
        @Nullable Integer priority,
        @Nullable Boolean fallback,
        @Nullable List<String> models) {}
