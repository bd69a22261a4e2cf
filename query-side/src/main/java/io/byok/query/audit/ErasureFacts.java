package io.byok.query.audit;

import io.byok.kernel.Envelope;
import io.byok.kernel.SubjectId;
import io.byok.kernel.erase.ErasureEvent;
import io.byok.platform.event.EventNames;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the events of an erasure say to somebody who audits. They outlive the user, by whose random id they speak. */
final class ErasureFacts {

    private ErasureFacts() {}

    static Fact of(Envelope envelope, ErasureEvent event) {
        return switch (event) {
            case ErasureEvent.SubjectErasureRequested requested ->
                fact(
                        envelope,
                        event,
                        requested.reason(),
                        Fact.details(
                                "erasureId", requested.erasure().text(),
                                "legalBasis", requested.legalBasis()));
            case ErasureEvent.SubjectUsageKept kept ->
                fact(
                        envelope,
                        event,
                        null,
                        Fact.details(
                                "erasureId", kept.erasure().text(),
                                "sums", kept.sums().size()));
            case ErasureEvent.SubjectKeysDestroyed destroyed ->
                fact(
                        envelope,
                        event,
                        null,
                        Fact.details(
                                "erasureId", destroyed.erasure().text(),
                                "keys", destroyed.keys().size(),
                                "credentials", destroyed.credentials(),
                                "dataKeys", destroyed.dataKeys().size()));
            case ErasureEvent.SubjectErased erased ->
                fact(
                        envelope,
                        event,
                        null,
                        Fact.details(
                                "erasureId", erased.erasure().text(),
                                "certificateHash", erased.certificateHash()));
        };
    }

    private static Fact fact(
            Envelope envelope, ErasureEvent event, @Nullable String reason, Map<String, Object> details) {
        SubjectId subject = event.erasure().subject();
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
