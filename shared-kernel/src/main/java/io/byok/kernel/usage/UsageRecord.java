package io.byok.kernel.usage;

import io.byok.kernel.KeyId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One consumption.
 *
 * @param id the application's own id, unique within the tenant; a second record with it counts nothing
 * @param units amounts by unit name ({@code inputTokens}, {@code audioSeconds}, ...), none negative
 * @param cost what it cost, absent when the application does not know
 * @param status {@code ok} or {@code error}
 * @param latencyMs milliseconds
 */
public record UsageRecord(
        String id,
        @Nullable KeyId key,
        String provider,
        @Nullable String model,
        @Nullable String operation,
        Instant occurredAt,
        Map<String, BigDecimal> units,
        @Nullable Cost cost,
        String status,
        @Nullable Integer latencyMs) {

    public UsageRecord {
        units = Map.copyOf(units);
    }

    /**
     * An amount of money.
     *
     * @param currency ISO 4217, three capital letters
     */
    public record Cost(BigDecimal amount, String currency) {}
}
