package io.byok.command.use;

import io.byok.kernel.chain.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request for a secret.
 *
 * @param exclude keys that just failed, as {@code key_...} or {@code key_...@2} for one version
 * @param because why the last of them failed
 * @param tries how many tries have failed so far; the number of those excluded if absent
 */
public record ResolveBody(
        String userId,
        String provider,
        @Nullable String environment,
        String purpose,
        @Nullable String model,
        @Nullable List<String> exclude,
        @Nullable Failure because,
        @Nullable Integer tries) {}
