package io.byok.query.audit;

import io.byok.kernel.TenantId;
import io.byok.kernel.usage.UsageEvent.UsageReported;
import io.byok.kernel.usage.UsageRecord;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.Opened;
import io.byok.platform.event.StoredEvent;
import io.byok.query.replay.TenantHistory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was done for one end user: when, by whom, what for, at what cost. What was paid is read from the events themselves. */
public final class DiaryReader {

    private static final String REPORTED = "usage-reported";

    private final AuditReader trail;
    private final TenantHistory history;
    private final EventSealing sealing;

    public DiaryReader(AuditReader trail, TenantHistory history, EventSealing sealing) {
        this.trail = trail;
        this.history = history;
        this.sealing = sealing;
    }

    /** From the newest to the oldest, as the trail has them. */
    List<DiaryView> list(TenantId tenant, AuditFilter filter, AuditReader.@Nullable Place before, int most) {
        List<AuditView> facts = trail.list(tenant, filter, before, most);
        Map<Long, UsageReported> reports = reports(
                tenant,
                facts.stream()
                        .filter(fact -> fact.action().equals(REPORTED))
                        .map(AuditView::position)
                        .toList());
        return facts.stream()
                .map(fact -> entry(fact, reports.get(fact.position())))
                .toList();
    }

    private Map<Long, UsageReported> reports(TenantId tenant, List<Long> positions) {
        Map<Long, UsageReported> reports = new HashMap<>();
        for (StoredEvent stored : history.at(tenant, positions)) {
            if (sealing.open(stored.event()) instanceof Opened.Clear clear
                    && clear.envelope().event() instanceof UsageReported reported) {
                reports.put(stored.position(), reported);
            }
        }
        return reports;
    }

    private static DiaryView entry(AuditView fact, @Nullable UsageReported reported) {
        return new DiaryView(
                fact.id(),
                fact.at(),
                fact.action(),
                fact.outcome(),
                fact.actor(),
                fact.keyId(),
                text(fact, "provider"),
                text(fact, "model"),
                fact.purpose(),
                fact.reason(),
                reported == null ? null : costs(reported),
                fact.eventId());
    }

    private static @Nullable String text(AuditView fact, String name) {
        return fact.details().get(name) instanceof String text ? text : null;
    }

    private static @Nullable List<DiaryView.Cost> costs(UsageReported reported) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (UsageRecord record : reported.records()) {
            UsageRecord.Cost cost = record.cost();
            if (cost != null) {
                sums.merge(cost.currency(), cost.amount(), BigDecimal::add);
            }
        }
        List<DiaryView.Cost> costs = new ArrayList<>();
        sums.forEach((currency, amount) -> costs.add(new DiaryView.Cost(amount.toPlainString(), currency)));
        return costs.isEmpty() ? null : costs;
    }
}
