package io.byok.query.audit;

import io.byok.kernel.Envelope;
import io.byok.kernel.KeyId;
import io.byok.kernel.StreamType;
import io.byok.kernel.access.AccessEvent;
import io.byok.kernel.access.DenialEvent;
import io.byok.kernel.chain.ChainEvent;
import io.byok.kernel.erase.ErasureEvent;
import io.byok.kernel.erase.TenantErasureEvent;
import io.byok.kernel.hold.HoldEvent;
import io.byok.kernel.key.KeyEvent;
import io.byok.kernel.retention.RetentionEvent;
import io.byok.kernel.rotation.RotationEvent;
import io.byok.kernel.subject.SubjectEvent;
import io.byok.kernel.tenant.TenantEvent;
import io.byok.kernel.trail.TrailEvent;
import io.byok.kernel.usage.UsageEvent;
import io.byok.kernel.usage.UsageRecord;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent;
import io.byok.kernel.validation.ValidationEvent;
import io.byok.platform.event.EventNames;
import io.byok.platform.event.Opened;
import io.byok.platform.event.SealedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which facts an event holds. */
final class Facts {

    private static final String USED = "key-used";

    private Facts() {}

    static List<Fact> of(Opened opened) {
        return switch (opened) {
            case Opened.Shredded shredded -> List.of(erased(shredded.sealed()));
            case Opened.Clear clear -> of(clear.envelope());
        };
    }

    private static List<Fact> of(Envelope envelope) {
        return switch (envelope.event()) {
            case UseEvent.UsesRecorded recorded ->
                recorded.uses().stream().map(Facts::used).toList();
            case KeyEvent event -> List.of(key(envelope, event));
            case UsageEvent event -> List.of(usage(envelope, event));
            case SubjectEvent event -> List.of(subject(envelope, event));
            case ErasureEvent event -> List.of(ErasureFacts.of(envelope, event));
            case TenantErasureEvent event -> List.of(TenantErasureFacts.of(envelope, event));
            case RetentionEvent event -> List.of(RetentionFacts.of(envelope, event));
            case HoldEvent event -> List.of(HoldFacts.of(envelope, event));
            case AccessEvent event -> List.of(AccessFacts.of(envelope, event));
            case DenialEvent event -> List.of(DenialFacts.of(envelope, event));
            case TrailEvent event -> List.of(TrailFacts.of(envelope, event));
            case TenantEvent event -> List.of(tenant(envelope, event));
            case RotationEvent event -> List.of(fact(envelope, event.at(), null, null, RotationFacts.details(event)));
            case ChainEvent event -> List.of(ChainFacts.of(envelope, event));
            case ValidationEvent event -> List.of(ValidationFacts.of(envelope, event));
            // A family that is not known here is still a fact.
            default -> List.of(fact(envelope, envelope.event().at(), null, null, Map.of()));
        };
    }

    private static Fact erased(SealedEvent sealed) {
        KeyId key = sealed.stream().type() == StreamType.KEY
                ? new KeyId(sealed.stream().value())
                : null;
        return new Fact(
                sealed.occurredAt(),
                sealed.name().word(),
                Fact.ERASED,
                null,
                key,
                sealed.subject(),
                null,
                null,
                null,
                Map.of());
    }

    private static Fact used(Use use) {
        return new Fact(
                use.at(),
                USED,
                Fact.OK,
                use.actor(),
                use.key(),
                use.subject(),
                use.purpose(),
                null,
                use.requestId(),
                Fact.details(
                        "useId", use.id().text(),
                        "version", use.version(),
                        "provider", use.provider(),
                        "environment", use.environment(),
                        "source", use.source(),
                        "model", use.model()));
    }

    private static Fact key(Envelope envelope, KeyEvent event) {
        String reason = switch (event) {
            case KeyEvent.KeyDisabled disabled -> disabled.reason();
            case KeyEvent.KeyEnabled enabled -> enabled.reason();
            case KeyEvent.KeyRevoked revoked -> revoked.reason();
            case KeyEvent.KeyDeleted deleted -> deleted.reason();
            case KeyEvent.KeyAdded _, KeyEvent.KeyChanged _, KeyEvent.KeyRotated _, KeyEvent.KeyVersionRetired _ ->
                null;
        };
        Map<String, Object> details = switch (event) {
            case KeyEvent.KeyAdded added ->
                Fact.details(
                        "provider", added.provider(),
                        "environment", added.environment(),
                        "hint", added.hint(),
                        "alias", added.label().alias(),
                        "tags", added.label().tags(),
                        "models", added.policy().modelPatterns(),
                        "expiresAt", added.policy().expiresAt());
            case KeyEvent.KeyChanged changed ->
                Fact.details(
                        "alias", changed.label().alias(),
                        "tags", changed.label().tags(),
                        "priority", changed.policy().priority(),
                        "fallback", changed.policy().fallback(),
                        "expiresAt", changed.policy().expiresAt());
            case KeyEvent.KeyRotated rotated ->
                Fact.details(
                        "version", rotated.version(),
                        "hint", rotated.hint(),
                        "previousUntil", rotated.previousUntil());
            case KeyEvent.KeyVersionRetired retired -> Fact.details("version", retired.version());
            case KeyEvent.KeyDisabled _, KeyEvent.KeyEnabled _, KeyEvent.KeyRevoked _, KeyEvent.KeyDeleted _ ->
                Map.of();
        };
        return fact(envelope, event.at(), event.key(), reason, details);
    }

    private static Fact usage(Envelope envelope, UsageEvent event) {
        return switch (event) {
            case UsageEvent.UsageReported reported ->
                fact(
                        envelope,
                        reported.at(),
                        oneKey(reported.records()),
                        null,
                        Fact.details(
                                "records", reported.records().size(),
                                "providers",
                                        reported.records().stream()
                                                .map(UsageRecord::provider)
                                                .distinct()
                                                .sorted()
                                                .toList()));
        };
    }

    private static @Nullable KeyId oneKey(List<UsageRecord> records) {
        List<@Nullable KeyId> keys = records.stream()
                .<@Nullable KeyId>map(UsageRecord::key)
                .distinct()
                .toList();
        return keys.size() == 1 ? keys.getFirst() : null;
    }

    private static Fact subject(Envelope envelope, SubjectEvent event) {
        return switch (event) {
            case SubjectEvent.SubjectRegistered registered -> fact(envelope, registered.at(), null, null, Map.of());
        };
    }

    private static Fact tenant(Envelope envelope, TenantEvent event) {
        return switch (event) {
            case TenantEvent.TenantCreated created ->
                fact(envelope, created.at(), null, null, Fact.details("name", created.name()));
            case TenantEvent.TenantSuspended suspended ->
                fact(envelope, suspended.at(), null, suspended.reason(), Map.of());
            case TenantEvent.TenantResumed resumed -> fact(envelope, resumed.at(), null, resumed.reason(), Map.of());
        };
    }

    static Fact fact(
            Envelope envelope, Instant at, @Nullable KeyId key, @Nullable String reason, Map<String, Object> details) {
        return new Fact(
                at,
                EventNames.of(envelope.event().getClass()).word(),
                Fact.OK,
                envelope.by().actor(),
                key,
                envelope.subject(),
                null,
                reason,
                envelope.by().requestId(),
                details);
    }
}
