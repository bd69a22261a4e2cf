package io.byok.command.key;

import org.jspecify.annotations.Nullable;

/** The body, where there is one, of a request that moves a key from one state to another. */
public record ReasonBody(@Nullable String reason) {}
