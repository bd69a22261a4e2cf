package io.byok.kernel.chain;

import io.byok.kernel.KeyId;
import java.util.List;

/**
 * What may happen when a key fails.
 *
 * @param keys in the order in which they serve; empty for the order of their priorities
 * @param system a word of {@link SystemUse}
 * @param on words of {@link Failure}, distinct and sorted: after these, and no others, another key may serve
 * @param maxRetries how many failed tries may be followed by another one, 0 to 10
 * @param retryDelayMs how long to wait before another try, milliseconds, 0 to 600000
 */
public record ChainPolicy(List<KeyId> keys, String system, List<String> on, int maxRetries, int retryDelayMs) {
    public ChainPolicy {
        keys = List.copyOf(keys);
        on = on.stream().distinct().sorted().toList();
    }
}
