package io.byok.query.audit;

import io.byok.kernel.Envelope;
import io.byok.kernel.validation.ValidationEvent;
import java.util.Map;

/** What the audit trail says of what was learnt about keys. */
final class ValidationFacts {

    private ValidationFacts() {}

    static Fact of(Envelope envelope, ValidationEvent event) {
        Map<String, Object> details = switch (event) {
            case ValidationEvent.KeyValidated validated ->
                Fact.details(
                        "version", validated.version(),
                        "state", validated.state(),
                        "score", validated.score(),
                        "occasion", validated.occasion(),
                        "called", validated.called());
            case ValidationEvent.KeyDue due ->
                Fact.details("what", due.what(), "due", due.due().toString());
        };
        return Facts.fact(envelope, event.at(), event.key(), null, details);
    }
}
