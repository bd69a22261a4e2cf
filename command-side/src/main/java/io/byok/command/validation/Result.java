package io.byok.command.validation;

import io.byok.kernel.KeyId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a provider said about a key.
 *
 * @param state {@code valid}, {@code valid-limited}, {@code no-quota}, {@code rate-limited}, {@code invalid},
 *     {@code ip-blocked}, {@code region-blocked}, {@code unreachable}
 * @param message one sentence, of the catalogue and never of the provider
 * @param lacks rights that a limited key does not have, as far as known
 * @param account what the provider told of the account and its limits; in this answer only, it is not kept
 * @param score 0 to 100
 * @param called the call that was made
 * @param cost always {@code none}: only calls that are free are made
 * @param retryAfterSeconds how long the provider asks to be left alone
 */
public record Result(
        KeyId keyId,
        int version,
        String state,
        String message,
        List<String> lacks,
        Map<String, String> account,
        int score,
        String called,
        String cost,
        long latencyMs,
        Instant checkedAt,
        @Nullable Long retryAfterSeconds) {}
