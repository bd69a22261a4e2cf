package io.byok.platform.event;

import io.byok.kernel.DomainEvent;
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
import io.byok.kernel.use.UseEvent;
import io.byok.kernel.validation.ValidationEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The one table of event names. What stands here is for ever: a name is never reused, a code never given away again, and
 * renaming a class changes nothing on disk.
 */
public final class EventNames {

    private static final Map<Class<? extends DomainEvent>, EventName> NAMES = new LinkedHashMap<>();
    private static final Map<Integer, Class<? extends DomainEvent>> CLASSES = new LinkedHashMap<>();
    private static final Map<Short, String> WORDS = new LinkedHashMap<>();

    static {
        name(1, "tenant-created", 1, TenantEvent.TenantCreated.class);
        name(2, "tenant-suspended", 1, TenantEvent.TenantSuspended.class);
        name(3, "tenant-resumed", 1, TenantEvent.TenantResumed.class);
        name(4, "tenant-erasure-requested", 1, TenantErasureEvent.TenantErasureRequested.class);
        name(5, "tenant-keys-destroyed", 1, TenantErasureEvent.TenantKeysDestroyed.class);
        name(6, "tenant-erased", 1, TenantErasureEvent.TenantErased.class);
        name(10, "api-token-created", 1, AccessEvent.ApiTokenCreated.class);
        name(11, "api-token-revoked", 1, AccessEvent.ApiTokenRevoked.class);
        name(12, "api-token-confined", 1, AccessEvent.ApiTokenConfined.class);
        name(13, "api-token-rotated", 1, AccessEvent.ApiTokenRotated.class);
        name(14, "widget-token-issued", 1, AccessEvent.WidgetTokenIssued.class);
        name(15, "access-denied", 1, DenialEvent.AccessDenied.class);
        name(20, "subject-registered", 1, SubjectEvent.SubjectRegistered.class);
        name(21, "subject-erasure-requested", 1, ErasureEvent.SubjectErasureRequested.class);
        name(22, "subject-usage-kept", 1, ErasureEvent.SubjectUsageKept.class);
        name(23, "subject-keys-destroyed", 1, ErasureEvent.SubjectKeysDestroyed.class);
        name(24, "subject-erased", 1, ErasureEvent.SubjectErased.class);
        name(30, "key-added", 1, KeyEvent.KeyAdded.class);
        name(31, "key-changed", 1, KeyEvent.KeyChanged.class);
        name(32, "key-rotated", 1, KeyEvent.KeyRotated.class);
        name(33, "key-version-retired", 1, KeyEvent.KeyVersionRetired.class);
        name(34, "key-disabled", 1, KeyEvent.KeyDisabled.class);
        name(35, "key-enabled", 1, KeyEvent.KeyEnabled.class);
        name(36, "key-revoked", 1, KeyEvent.KeyRevoked.class);
        name(37, "key-deleted", 1, KeyEvent.KeyDeleted.class);
        name(48, "chain-set", 1, ChainEvent.ChainSet.class);
        name(49, "chain-removed", 1, ChainEvent.ChainRemoved.class);
        name(50, "uses-recorded", 1, UseEvent.UsesRecorded.class);
        name(55, "key-validated", 1, ValidationEvent.KeyValidated.class);
        name(56, "key-due", 1, ValidationEvent.KeyDue.class);
        name(60, "usage-reported", 1, UsageEvent.UsageReported.class);
        name(80, "key-rotation-started", 1, RotationEvent.KeyRotationStarted.class);
        name(81, "key-version-destroyed", 1, RotationEvent.KeyVersionDestroyed.class);
        name(82, "key-rotation-finished", 1, RotationEvent.KeyRotationFinished.class);
        name(110, "legal-hold-requested", 1, HoldEvent.LegalHoldRequested.class);
        name(111, "legal-hold-placed", 1, HoldEvent.LegalHoldPlaced.class);
        name(112, "legal-hold-lift-requested", 1, HoldEvent.LegalHoldLiftRequested.class);
        name(113, "legal-hold-lifted", 1, HoldEvent.LegalHoldLifted.class);
        name(114, "legal-hold-request-withdrawn", 1, HoldEvent.LegalHoldRequestWithdrawn.class);
        name(120, "retention-policy-set", 1, RetentionEvent.RetentionPolicySet.class);
        name(121, "retention-policy-removed", 1, RetentionEvent.RetentionPolicyRemoved.class);
        name(122, "audit-year-pruned", 1, RetentionEvent.AuditYearPruned.class);
        name(130, "command-refused", 1, TrailEvent.CommandRefused.class);
        name(131, "audit-read", 1, TrailEvent.AuditRead.class);
        name(132, "replay-started", 1, TrailEvent.ReplayStarted.class);
        name(133, "replay-ended", 1, TrailEvent.ReplayEnded.class);
    }

    private EventNames() {}

    private static void name(int code, String word, int revision, Class<? extends DomainEvent> type) {
        EventName name = new EventName((short) code, word, (short) revision);
        if (NAMES.put(type, name) != null || CLASSES.put(slot(code, revision), type) != null) {
            throw new IllegalStateException("given twice: " + name);
        }
        WORDS.put(name.code(), word);
    }

    private static int slot(int code, int revision) {
        return code << 16 | revision;
    }

    /** @throws IllegalArgumentException for a class that is not in the table: a bug of ours */
    public static EventName of(Class<? extends DomainEvent> type) {
        EventName name = NAMES.get(type);
        if (name == null) {
            throw new IllegalArgumentException("no event name for " + type.getName());
        }
        return name;
    }

    /** The class that a stored name stands for; empty when this version of the server does not know it. */
    public static Optional<Class<? extends DomainEvent>> type(int code, int revision) {
        return Optional.ofNullable(CLASSES.get(slot(code, revision)));
    }

    /** The name with this code and revision; empty when this version of the server does not know it. */
    public static Optional<EventName> find(int code, int revision) {
        return type(code, revision).map(EventNames::of);
    }

    /**
     * The name with this code and revision. Of a revision that is not in the table, an old or a newer one, the word is known
     * all the same, and the seal is bound to it; of an unknown code a stand-in.
     */
    public static EventName named(short code, short revision) {
        return find(code, revision)
                .orElseGet(() -> new EventName(code, WORDS.getOrDefault(code, "unknown-" + code), revision));
    }

    /** Every name, in the order of the table. */
    public static Collection<EventName> all() {
        return NAMES.values();
    }
}
