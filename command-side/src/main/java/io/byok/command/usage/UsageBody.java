package io.byok.command.usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a usage report. */
public record UsageBody(List<RecordBody> records) {

    /** One consumption. */
    public record RecordBody(
            String id,
            String userId,
            @Nullable String keyId,
            String provider,
            @Nullable String model,
            @Nullable String operation,
            Instant occurredAt,
            @Nullable Map<String, BigDecimal> units,
            @Nullable CostBody cost,
            @Nullable String status,
            @Nullable Integer latencyMs) {}

    /** An amount of money: a decimal string or number, and a currency. */
    public record CostBody(BigDecimal amount, String currency) {}
}
