package io.byok.query.audit;

import io.byok.kernel.Envelope;
import io.byok.kernel.access.DenialEvent;
import io.byok.platform.event.EventNames;

/** What the audit trail says of attempts that were refused. */
final class DenialFacts {

    private DenialFacts() {}

    static Fact of(Envelope envelope, DenialEvent event) {
        return switch (event) {
            case DenialEvent.AccessDenied denied ->
                new Fact(
                        denied.at(),
                        EventNames.of(denied.getClass()).word(),
                        Fact.DENIED,
                        envelope.by().actor(),
                        null,
                        null,
                        null,
                        denied.why(),
                        envelope.by().requestId(),
                        Fact.details(
                                "operation", denied.operation(),
                                "scope", denied.scope(),
                                "from", denied.from(),
                                "attempts", denied.attempts(),
                                "first", denied.first()));
        };
    }
}
