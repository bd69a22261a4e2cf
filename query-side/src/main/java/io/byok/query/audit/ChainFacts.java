package io.byok.query.audit;

import io.byok.kernel.Envelope;
import io.byok.kernel.KeyId;
import io.byok.kernel.chain.ChainEvent;
import java.util.Map;

/** What the audit trail says of chains. */
final class ChainFacts {

    private ChainFacts() {}

    static Fact of(Envelope envelope, ChainEvent event) {
        Map<String, Object> details = switch (event) {
            case ChainEvent.ChainSet set ->
                Fact.details(
                        "chainId", set.chain().text(),
                        "provider", set.provider(),
                        "environment", set.environment(),
                        "keys", set.policy().keys().stream().map(KeyId::text).toList(),
                        "system", set.policy().system(),
                        "on", set.policy().on(),
                        "maxRetries", set.policy().maxRetries(),
                        "retryDelayMs", set.policy().retryDelayMs());
            case ChainEvent.ChainRemoved removed ->
                Fact.details("chainId", removed.chain().text());
        };
        return Facts.fact(envelope, event.at(), null, null, details);
    }
}
