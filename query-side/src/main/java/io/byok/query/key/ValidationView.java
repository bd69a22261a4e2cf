package io.byok.query.key;

import java.time.Instant;
import java.util.List;

/**
 * One answer of a provider about a key.
 *
 * @param occasion {@code saved}, {@code requested}, {@code scheduled}, {@code live-use}
 */
public record ValidationView(
        int version,
        String state,
        int score,
        String message,
        List<String> lacks,
        String occasion,
        String called,
        long latencyMs,
        Instant at) {}
