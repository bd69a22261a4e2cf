package io.byok.query.usage;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Usage as it is shown. Rows hold the names of their group and the metrics that were asked for; amounts are exact.
 *
 * @param from first day, UTC
 * @param to last day, UTC
 * @param totals the same metrics over all rows
 */
public record UsageView(
        LocalDate from,
        LocalDate to,
        List<String> groupBy,
        List<String> metrics,
        List<Map<String, Object>> rows,
        Map<String, Object> totals,
        Estimated estimated) {

    /**
     * Which part is no report. Nothing is estimated so far: a cost that was not told is in no sum.
     *
     * @param cost what of the totals was estimated
     * @param requestsWithoutCost how many requests the costs leave out
     */
    public record Estimated(List<Tally.Money> cost, long requestsWithoutCost) {}
}
