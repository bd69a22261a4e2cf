package io.byok.kernel.use;

import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.UseId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One use of one version of one key. Knows the end user by the random id only.
 *
 * @param source whose key served: {@code user}, {@code fallback} or {@code system}; {@value #VALIDATION} when its provider was
 *     asked about it, {@value #INTAKE} when that was before it was stored
 * @param purpose why, in the caller's words
 * @param actor the id of the token that asked
 */
public record Use(
        UseId id,
        KeyId key,
        int version,
        SubjectId subject,
        String provider,
        String environment,
        String source,
        String purpose,
        @Nullable String model,
        String actor,
        @Nullable String requestId,
        Instant at) {

    public static final String VALIDATION = "validation";
    public static final String INTAKE = "intake";

    /** Whether the secret was handed out, rather than shown to its own provider. */
    public boolean served() {
        return !source.equals(VALIDATION) && !source.equals(INTAKE);
    }
}
