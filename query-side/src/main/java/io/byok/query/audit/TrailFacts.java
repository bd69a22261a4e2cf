package io.byok.query.audit;

import io.byok.kernel.Envelope;
import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.trail.TrailEvent;
import io.byok.platform.event.EventNames;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the audit trail says of what was asked for and changed nothing. */
final class TrailFacts {

    private TrailFacts() {}

    static Fact of(Envelope envelope, TrailEvent event) {
        return switch (event) {
            case TrailEvent.CommandRefused refused ->
                fact(
                        envelope,
                        refused,
                        Fact.REFUSED,
                        refused.key(),
                        refused.subject(),
                        refused.code(),
                        Fact.details(
                                "operation", refused.operation(),
                                "times", refused.times(),
                                "first", refused.first()));
            case TrailEvent.AuditRead read ->
                fact(
                        envelope,
                        read,
                        Fact.OK,
                        null, // who looked at a key is no part of its story, nor of the user's
                        null,
                        null,
                        Fact.details(
                                "operation", read.operation(),
                                "keyId", read.key() == null ? null : read.key().text(),
                                "subject",
                                        read.subject() == null
                                                ? null
                                                : read.subject().text(),
                                "times", read.times(),
                                "first", read.first()));
            case TrailEvent.ReplayStarted started ->
                fact(
                        envelope,
                        started,
                        Fact.OK,
                        null,
                        null,
                        null,
                        Fact.details(
                                "replayId", started.replay(),
                                "projection", started.projection(),
                                "mode", started.mode()));
            case TrailEvent.ReplayEnded ended ->
                fact(
                        envelope,
                        ended,
                        ended.outcome().equals("equal") ? Fact.OK : ended.outcome(),
                        null,
                        null,
                        null,
                        Fact.details(
                                "replayId", ended.replay(),
                                "projection", ended.projection(),
                                "mode", ended.mode(),
                                "position", ended.position()));
        };
    }

    private static Fact fact(
            Envelope envelope,
            TrailEvent event,
            String outcome,
            @Nullable KeyId key,
            @Nullable SubjectId subject,
            @Nullable String reason,
            Map<String, Object> details) {
        return new Fact(
                event.at(),
                EventNames.of(event.getClass()).word(),
                outcome,
                envelope.by().actor(),
                key,
                subject,
                null,
                reason,
                envelope.by().requestId(),
                details);
    }
}
