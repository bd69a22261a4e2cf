package io.byok.query.usage;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.util.RawValue;

/** Sums under way, and how they are shown. Exact. */
public final class Tally {

    /** An amount of money. @param amount plain decimal, never rounded */
    public record Money(String amount, String currency) {}

    private static final String TOKENS = "Tokens";
    private static final String TOTAL_TOKENS = "totalTokens"; // a sum of the others, where somebody reports it

    private final Map<Measure, BigDecimal> counts = new TreeMap<>();
    private final Map<String, BigDecimal> units = new TreeMap<>();
    private final Map<String, BigDecimal> costs = new TreeMap<>();

    void add(Measure measure, String name, BigDecimal amount) {
        switch (measure) {
            case REQUESTS, ERRORS, UNCOSTED -> counts.merge(measure, amount, BigDecimal::add);
            case UNIT -> units.merge(name, amount, BigDecimal::add);
            case COST -> costs.merge(name, amount, BigDecimal::add);
        }
    }

    Map<String, Object> show(List<Metric> metrics) {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            switch (metric) {
                case REQUESTS -> shown.put("requests", count(Measure.REQUESTS));
                case ERRORS -> shown.put("errors", count(Measure.ERRORS));
                case COST -> shown.put("cost", costs());
                case TOKENS -> {
                    shown.put("tokens", plain(tokens()));
                    Map<String, RawValue> each = new LinkedHashMap<>();
                    units.forEach((unit, amount) -> each.put(unit, plain(amount)));
                    shown.put("units", each);
                }
            }
        }
        return shown;
    }

    long count(Measure measure) {
        return counts.getOrDefault(measure, BigDecimal.ZERO).longValueExact();
    }

    private List<Money> costs() {
        return costs.entrySet().stream()
                .map(cost -> new Money(cost.getValue().toPlainString(), cost.getKey()))
                .toList();
    }

    private BigDecimal tokens() {
        return units.entrySet().stream()
                .filter(unit -> unit.getKey().endsWith(TOKENS) && !unit.getKey().equals(TOTAL_TOKENS))
                .map(Map.Entry::getValue)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    // Counts are numbers in JSON, unlike money: exact, without an exponent, and without zeros that only tell how
    // somebody
    // wrote the number.
    private static RawValue plain(BigDecimal amount) {
        return new RawValue(amount.stripTrailingZeros().toPlainString());
    }
}
