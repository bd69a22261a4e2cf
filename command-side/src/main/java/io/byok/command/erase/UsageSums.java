package io.byok.command.erase;

import io.byok.kernel.erase.UsageSum;
import io.byok.kernel.usage.UsageEvent;
import io.byok.kernel.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what was consumed through one user, by day, provider and model: exactly as the usage read model does, so that a
 * tenant's totals stay what they were when the user is forgotten.
 */
final class UsageSums {

    private static final String ERROR = "error";

    private record Cell(
            LocalDate day, String provider, @Nullable String model, String measure, String name) {}

    private static final Comparator<UsageSum> ORDER = Comparator.comparing(UsageSum::day)
            .thenComparing(UsageSum::provider)
            .thenComparing(sum -> sum.model() == null ? "" : sum.model())
            .thenComparing(UsageSum::measure)
            .thenComparing(UsageSum::name);

    private final Map<Cell, BigDecimal> sums = new HashMap<>();

    void add(UsageEvent event) {
        switch (event) {
            case UsageEvent.UsageReported reported -> reported.records().forEach(this::add);
        }
    }

    private void add(UsageRecord record) {
        add(record, "requests", "", BigDecimal.ONE);
        if (record.status().equals(ERROR)) {
            add(record, "errors", "", BigDecimal.ONE);
        }
        record.units().forEach((unit, amount) -> add(record, "unit", unit, amount));
        UsageRecord.Cost cost = record.cost();
        if (cost == null) {
            add(record, "uncosted", "", BigDecimal.ONE);
        } else {
            add(record, "cost", cost.currency(), cost.amount());
        }
    }

    private void add(UsageRecord record, String measure, String name, BigDecimal amount) {
        LocalDate day = record.occurredAt().atOffset(ZoneOffset.UTC).toLocalDate();
        sums.merge(new Cell(day, record.provider(), record.model(), measure, name), amount, BigDecimal::add);
    }

    List<UsageSum> list() {
        return sums.entrySet().stream()
                .map(sum -> new UsageSum(
                        sum.getKey().day().toString(),
                        sum.getKey().provider(),
                        sum.getKey().model(),
                        sum.getKey().measure(),
                        sum.getKey().name(),
                        sum.getValue()))
                .sorted(ORDER)
                .toList();
    }
}
