package io.byok.platform.event;

import io.byok.kernel.ChainId;
import io.byok.kernel.DomainEvent;
import io.byok.kernel.ErasureId;
import io.byok.kernel.HoldId;
import io.byok.kernel.KeyId;
import io.byok.kernel.RetentionId;
import io.byok.kernel.RotationId;
import io.byok.kernel.StreamId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantErasureId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.UseId;
import io.byok.kernel.access.AccessEvent.ApiTokenConfined;
import io.byok.kernel.access.AccessEvent.ApiTokenCreated;
import io.byok.kernel.access.AccessEvent.ApiTokenRevoked;
import io.byok.kernel.access.AccessEvent.ApiTokenRotated;
import io.byok.kernel.access.AccessEvent.WidgetTokenIssued;
import io.byok.kernel.access.Confinement;
import io.byok.kernel.access.DenialEvent.AccessDenied;
import io.byok.kernel.chain.ChainEvent.ChainRemoved;
import io.byok.kernel.chain.ChainEvent.ChainSet;
import io.byok.kernel.chain.ChainPolicy;
import io.byok.kernel.erase.Acknowledgement;
import io.byok.kernel.erase.DestroyedKey;
import io.byok.kernel.erase.ErasureEvent.SubjectErased;
import io.byok.kernel.erase.ErasureEvent.SubjectErasureRequested;
import io.byok.kernel.erase.ErasureEvent.SubjectKeysDestroyed;
import io.byok.kernel.erase.ErasureEvent.SubjectUsageKept;
import io.byok.kernel.erase.HistorySpan;
import io.byok.kernel.erase.TenantErasureEvent.TenantErased;
import io.byok.kernel.erase.TenantErasureEvent.TenantErasureRequested;
import io.byok.kernel.erase.TenantErasureEvent.TenantKeysDestroyed;
import io.byok.kernel.erase.UsageSum;
import io.byok.kernel.hold.HeldScope;
import io.byok.kernel.hold.HoldEvent.LegalHoldLiftRequested;
import io.byok.kernel.hold.HoldEvent.LegalHoldLifted;
import io.byok.kernel.hold.HoldEvent.LegalHoldPlaced;
import io.byok.kernel.hold.HoldEvent.LegalHoldRequestWithdrawn;
import io.byok.kernel.hold.HoldEvent.LegalHoldRequested;
import io.byok.kernel.key.KeyEvent.KeyAdded;
import io.byok.kernel.key.KeyEvent.KeyChanged;
import io.byok.kernel.key.KeyEvent.KeyDeleted;
import io.byok.kernel.key.KeyEvent.KeyDisabled;
import io.byok.kernel.key.KeyEvent.KeyEnabled;
import io.byok.kernel.key.KeyEvent.KeyRevoked;
import io.byok.kernel.key.KeyEvent.KeyRotated;
import io.byok.kernel.key.KeyEvent.KeyVersionRetired;
import io.byok.kernel.key.KeyLabel;
import io.byok.kernel.key.KeyPolicy;
import io.byok.kernel.retention.RetentionEvent.AuditYearPruned;
import io.byok.kernel.retention.RetentionEvent.RetentionPolicyRemoved;
import io.byok.kernel.retention.RetentionEvent.RetentionPolicySet;
import io.byok.kernel.rotation.RotationEvent.KeyRotationFinished;
import io.byok.kernel.rotation.RotationEvent.KeyRotationStarted;
import io.byok.kernel.rotation.RotationEvent.KeyVersionDestroyed;
import io.byok.kernel.subject.SubjectEvent.SubjectRegistered;
import io.byok.kernel.tenant.TenantEvent.TenantCreated;
import io.byok.kernel.tenant.TenantEvent.TenantResumed;
import io.byok.kernel.tenant.TenantEvent.TenantSuspended;
import io.byok.kernel.trail.TrailEvent.AuditRead;
import io.byok.kernel.trail.TrailEvent.CommandRefused;
import io.byok.kernel.trail.TrailEvent.ReplayEnded;
import io.byok.kernel.trail.TrailEvent.ReplayStarted;
import io.byok.kernel.usage.UsageEvent.UsageReported;
import io.byok.kernel.usage.UsageRecord;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import io.byok.kernel.validation.ValidationEvent.KeyDue;
import io.byok.kernel.validation.ValidationEvent.KeyValidated;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One of each event. */
final class EventSamples {

    private static final Instant AT = Instant.parse("2026-11-22T12:34:56.123456Z");
    private static final TenantId TENANT = new TenantId(id(1));
    private static final SubjectId SUBJECT = new SubjectId(id(2));
    private static final ErasureId ERASURE = ErasureId.of(SUBJECT);
    private static final TenantErasureId TENANT_ERASURE = TenantErasureId.of(TENANT);
    private static final KeyId KEY = new KeyId(id(3));
    private static final TokenId TOKEN = new TokenId(id(4));
    private static final RetentionId RETENTION = RetentionId.of(TENANT);
    private static final HoldId HOLD = new HoldId(id(7));
    private static final RotationId ROTATION = new RotationId(id(6));

    private EventSamples() {}

    private static UUID id(int number) {
        return new UUID(0x019a_0000_0000_7000L, 0x8000_0000_0000_0000L + number);
    }

    static SealedEvent sealed(DomainEvent event) {
        return new SealedEvent(
                id(9), TENANT, SUBJECT, StreamId.of(KEY), 0, EventNames.of(event.getClass()), event.at(), new byte[0]);
    }

    static List<DomainEvent> all() {
        KeyLabel label = new KeyLabel("main", "for the chat", List.of("chat", "eu"));
        KeyPolicy policy = new KeyPolicy(AT.plusSeconds(86_400), 10, true);
        return List.of(
                new TenantCreated(TENANT, "acme", AT),
                new TenantSuspended(TENANT, "unpaid", AT),
                new TenantResumed(TENANT, null, AT),
                new TenantErasureRequested(TENANT_ERASURE, TENANT, "left us", "contract ended", AT),
                new TenantKeysDestroyed(
                        TENANT_ERASURE,
                        TENANT,
                        List.of(new DestroyedKey(id(6).toString(), 1, "kek-events", "0f".repeat(32))),
                        17,
                        4,
                        "f0".repeat(32),
                        AT),
                new TenantErased(
                        TENANT_ERASURE,
                        TENANT,
                        List.of(new Acknowledgement("kafka", "relayed to position 41", AT)),
                        "f0".repeat(32),
                        AT),
                new ApiTokenCreated(
                        TOKEN, "ci", List.of("keys:read", "keys:write"), "byok_live_...9fQ2", AT.plusSeconds(60), AT),
                new ApiTokenRevoked(TOKEN, "left", AT),
                new ApiTokenConfined(
                        TOKEN, new Confinement(List.of(SUBJECT), List.of("openai"), List.of("10.0.0.0/8")), AT),
                new WidgetTokenIssued(
                        TOKEN, new TokenId(id(8)), SUBJECT, List.of("keys:read"), AT.plusSeconds(600), AT),
                new AccessDenied(
                        TOKEN, "scope", "POST /v1/resolve", "keys:resolve", "192.0.2.7", 3, AT, AT.plusSeconds(60)),
                new ApiTokenRotated(TOKEN, "byok_live_...7aB1", AT.plusSeconds(60), AT),
                new SubjectRegistered(SUBJECT, "ada", AT),
                new SubjectErasureRequested(ERASURE, SUBJECT, "left us", "GDPR Art. 17(1)(b)", AT),
                new SubjectUsageKept(
                        ERASURE,
                        List.of(new UsageSum(
                                "2026-11-22", "openai", "gpt-4o-mini", "cost", "USD", new BigDecimal("0.000180"))),
                        AT),
                new SubjectKeysDestroyed(
                        ERASURE,
                        SUBJECT,
                        List.of(KEY),
                        2,
                        List.of(new DestroyedKey(id(6).toString(), 1, "subject", "0f".repeat(32))),
                        List.of(new HistorySpan("key/" + KEY.value(), 3, 17, 40)),
                        AT),
                new SubjectErased(
                        ERASURE,
                        SUBJECT,
                        List.of(new Acknowledgement("kafka", "relayed to position 41", AT)),
                        "f0".repeat(32),
                        AT),
                new RetentionPolicySet(RETENTION, 2555, AT.plusSeconds(86_400), AT),
                new RetentionPolicyRemoved(RETENTION, AT),
                new AuditYearPruned(
                        RETENTION,
                        2018,
                        2555,
                        3,
                        40,
                        17,
                        90,
                        List.of(new DestroyedKey(id(6).toString(), 1, "audit", "0f".repeat(32))),
                        AT),
                new CommandRefused(
                        "POST /v1/keys/{keyId}/rotate", "key-revoked", KEY, SUBJECT, 3, AT, AT.plusSeconds(60)),
                new AuditRead("GET /v1/audit/events", KEY, SUBJECT, 2, AT, AT.plusSeconds(60)),
                new ReplayStarted("rpl_01k800000000000000000000e0", "audit", "verify", AT),
                new ReplayEnded("rpl_01k800000000000000000000e0", "audit", "verify", "equal", 41, AT),
                new LegalHoldRequested(
                        HOLD, new HeldScope(SUBJECT, AT, AT.plusSeconds(60)), "case 17", TOKEN.text(), AT),
                new LegalHoldPlaced(HOLD, new HeldScope(null, null, null), TOKEN.text(), AT),
                new LegalHoldLiftRequested(HOLD, "case closed", TOKEN.text(), AT),
                new LegalHoldLifted(HOLD, TOKEN.text(), AT),
                new LegalHoldRequestWithdrawn(HOLD, TOKEN.text(), AT),
                new KeyAdded(KEY, "ada", "openai", "production", label, policy, "sk-...9fQ2", "0f1e2d3c", AT),
                new KeyChanged(KEY, new KeyLabel(null, null, List.of()), new KeyPolicy(null, 0, false), AT),
                new KeyRotated(KEY, 2, "sk-...0000", "4b5a6978", AT.plusSeconds(3_600), AT),
                new KeyVersionRetired(KEY, 1, AT),
                new KeyDisabled(KEY, "looks odd", AT),
                new KeyEnabled(KEY, null, AT),
                new KeyRevoked(KEY, "leaked", AT),
                new KeyDeleted(KEY, null, AT),
                new ChainSet(
                        new ChainId(id(6)),
                        "ada",
                        "openai",
                        "production",
                        new ChainPolicy(List.of(KEY), "on-transient", List.of("rate-limited", "timeout"), 3, 1_000),
                        AT),
                new ChainRemoved(new ChainId(id(6)), AT),
                new UsesRecorded(
                        List.of(new Use(
                                new UseId(id(5)),
                                KEY,
                                2,
                                SUBJECT,
                                "openai",
                                "production",
                                "user",
                                "chat",
                                "gpt-4o-mini",
                                TOKEN.text(),
                                "req-1",
                                AT)),
                        AT),
                new KeyValidated(
                        KEY,
                        2,
                        "valid-limited",
                        "A restricted key without the right to list models.",
                        List.of("api.model.read"),
                        90,
                        "requested",
                        "GET https://api.openai.com/v1/models",
                        231,
                        AT),
                new KeyDue(KEY, "expires", AT.plusSeconds(86_400), AT),
                new UsageReported(
                        "ada",
                        List.of(new UsageRecord(
                                "call-1",
                                KEY,
                                "openai",
                                "gpt-4o-mini",
                                "chat.completions",
                                AT,
                                Map.of("inputTokens", new BigDecimal("1200")),
                                new UsageRecord.Cost(new BigDecimal("0.000180"), "USD"),
                                "ok",
                                812)),
                        AT),
                new KeyRotationStarted(ROTATION, "tenant", "credentials", TENANT, AT),
                new KeyVersionDestroyed(new RotationId(id(7)), ROTATION, "root", "events", null, id(8), 1, AT),
                new KeyRotationFinished(ROTATION, "finished", 12, 0, null, AT));
    }
}
