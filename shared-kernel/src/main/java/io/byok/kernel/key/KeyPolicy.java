package io.byok.kernel.key;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When and in which order a key serves.
 *
 * @param expiresAt from this instant on it is not served; absent for never
 * @param priority lower serves first, 0 to 1000
 * @param fallback whether it may serve in place of another key that the caller excluded (never implied)
 */
public record KeyPolicy(@Nullable Instant expiresAt, int priority, boolean fallback) {}
