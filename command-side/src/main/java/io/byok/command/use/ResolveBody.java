package io.byok.command.use;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a request for a secret. */
public record ResolveBody(
        String userId,
        String provider,
        @Nullable String environment,
        String purpose,
        @Nullable String model,
        @Nullable List<String> exclude) {}
