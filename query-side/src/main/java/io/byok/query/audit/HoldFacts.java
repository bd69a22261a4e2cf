package io.byok.query.audit;

import io.byok.kernel.Envelope;
import io.byok.kernel.SubjectId;
import io.byok.kernel.hold.HeldScope;
import io.byok.kernel.hold.HoldEvent;
import io.byok.platform.event.EventNames;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the events of a legal hold say to somebody who audits. */
final class HoldFacts {

    private HoldFacts() {}

    static Fact of(Envelope envelope, HoldEvent event) {
        return switch (event) {
            case HoldEvent.LegalHoldRequested asked ->
                fact(envelope, event, asked.scope().subject(), asked.reason(), details(event, asked.scope()));
            case HoldEvent.LegalHoldPlaced placed ->
                fact(envelope, event, placed.scope().subject(), null, details(event, placed.scope()));
            case HoldEvent.LegalHoldLiftRequested asked ->
                fact(envelope, event, null, asked.reason(), details(event, null));
            case HoldEvent.LegalHoldLifted _, HoldEvent.LegalHoldRequestWithdrawn _ ->
                fact(envelope, event, null, null, details(event, null));
        };
    }

    private static Map<String, Object> details(HoldEvent event, @Nullable HeldScope scope) {
        return Fact.details(
                "holdId", event.hold().text(),
                "from", scope == null ? null : scope.from(),
                "to", scope == null ? null : scope.to());
    }

    private static Fact fact(
            Envelope envelope,
            HoldEvent event,
            @Nullable SubjectId subject,
            @Nullable String reason,
            Map<String, Object> details) {
        return new Fact(
                event.at(),
                EventNames.of(event.getClass()).word(),
                Fact.OK,
                envelope.by().actor(),
                null,
                subject,
                null,
                reason,
                envelope.by().requestId(),
                details);
    }
}
