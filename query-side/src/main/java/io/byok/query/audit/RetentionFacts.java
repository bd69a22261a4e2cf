package io.byok.query.audit;

import io.byok.kernel.Envelope;
import io.byok.kernel.retention.RetentionEvent;
import java.util.Map;

/** What the events of a tenant's retention say to somebody who audits. */
final class RetentionFacts {

    private RetentionFacts() {}

    static Fact of(Envelope envelope, RetentionEvent event) {
        return Facts.fact(envelope, event.at(), null, null, details(event));
    }

    private static Map<String, Object> details(RetentionEvent event) {
        return switch (event) {
            case RetentionEvent.RetentionPolicySet set ->
                Fact.details("days", set.days(), "appliesAt", set.appliesAt());
            case RetentionEvent.RetentionPolicyRemoved _ -> Map.of();
            case RetentionEvent.AuditYearPruned pruned ->
                Fact.details(
                        "year", pruned.year(),
                        "days", pruned.days(),
                        "segments", pruned.events(),
                        "uses", pruned.uses(),
                        "dataKeys", pruned.dataKeys().size());
        };
    }
}
