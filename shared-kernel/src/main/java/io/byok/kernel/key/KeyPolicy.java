package io.byok.kernel.key;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When, for what and in which order a key serves.
 *
 * @param expiresAt from this instant on it is not served; absent for never
 * @param priority lower serves first, 0 to 1000
 * @param fallback whether it may serve in place of another key that the caller excluded (never implied)
 * @param models the models it may be used for, each a name or a beginning followed by {@code *}, distinct and sorted;
 *     absent for any
 */
public record KeyPolicy(
        @Nullable Instant expiresAt,
        int priority,
        boolean fallback,
        @Nullable List<String> models) {

    public KeyPolicy {
        models = models == null || models.isEmpty()
                ? null
                : models.stream().distinct().sorted().toList();
    }

    /** For any model. */
    public KeyPolicy(@Nullable Instant expiresAt, int priority, boolean fallback) {
        this(expiresAt, priority, fallback, null);
    }

    /** The same as {@link #models}, empty for any. */
    public List<String> modelPatterns() {
        return models == null ? List.of() : models;
    }

    /** Whether it may be used for a model; one that is restricted never serves an unnamed one. */
    public boolean allows(@Nullable String model) {
        return models == null || model != null && models.stream().anyMatch(pattern -> matches(pattern, model));
    }

    private static boolean matches(String pattern, String model) {
        return pattern.endsWith("*")
                ? model.startsWith(pattern.substring(0, pattern.length() - 1))
                : model.equals(pattern);
    }
}
