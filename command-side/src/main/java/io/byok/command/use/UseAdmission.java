package io.byok.command.use;

import io.byok.command.head.Epochs;
import io.byok.command.head.HeldKey;
import io.byok.command.head.KeyHead;
import io.byok.command.head.TenantGate;
import io.byok.command.head.TenantHeads;
import io.byok.command.store.Admission;
import io.byok.command.store.Alongside;
import io.byok.command.store.Look;
import io.byok.command.store.Pending;
import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.use.Use;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Admits a use only if its key still serves, looked up under the append lock in the very transaction that records it.
 * A disable, revoke or delete is written under the same lock: it comes either before, and the use is refused, or after,
 * and has not returned yet. That is P3, whatever any cache says.
 */
final class UseAdmission implements Alongside<UseSegment> {

    private final Clock clock;

    UseAdmission(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Admission<UseSegment> admission(List<UseSegment> segments) {
        Map<KeyId, HeldKey> keys = new HashMap<>();
        Map<SubjectId, Long> epochs = new HashMap<>();
        Set<TenantId> suspended = new HashSet<>();
        List<Look> looks = new ArrayList<>();
        looks.add(HeldKey.look(keys(segments), keys));
        looks.add(Epochs.look(subjects(segments), epochs));
        Set<TenantId> asking = asking(segments);
        if (!asking.isEmpty()) {
            looks.add(TenantGate.look(asking, suspended)); // a decision to serve has the tenant's epoch for it
        }
        return new Admission<>() {
            @Override
            public List<Look> looks() {
                return looks;
            }

            @Override
            public void admit(Connection connection, List<Pending<UseSegment>> items) {
                Instant now = clock.instant();
                for (Pending<UseSegment> item : items) {
                    for (UseSegment.Waiting one : item.value().waiting()) {
                        HeldKey head = keys.get(one.use().key());
                        one.admit(
                                one.use().served()
                                        ? holds(one, epochs) && serves(head, one, now)
                                        : !suspended.contains(one.tenant())
                                                && mayBeAsked(head, one.tenant(), one.use()));
                    }
                }
            }
        };
    }

    /** The tenants of those who would ask a provider. */
    private static Set<TenantId> asking(List<UseSegment> segments) {
        Set<TenantId> tenants = new HashSet<>();
        for (UseSegment segment : segments) {
            for (UseSegment.Waiting one : segment.waiting()) {
                if (!one.use().served()) {
                    tenants.add(one.tenant());
                }
            }
        }
        return tenants;
    }

    private static Set<KeyId> keys(List<UseSegment> segments) {
        Set<KeyId> keys = new HashSet<>();
        segments.forEach(
                segment -> segment.waiting().forEach(one -> keys.add(one.use().key())));
        return keys;
    }

    private static Set<SubjectId> subjects(List<UseSegment> segments) {
        Set<SubjectId> subjects = new HashSet<>();
        for (UseSegment segment : segments) {
            for (UseSegment.Waiting one : segment.waiting()) {
                subjects.add(one.use().subject());
                subjects.add(TenantHeads.self(one.tenant()));
            }
        }
        return subjects;
    }

    /** Whether nothing has changed of what it was decided on: keys, chains, the end user, the tenant. */
    private static boolean holds(UseSegment.Waiting one, Map<SubjectId, Long> epochs) {
        return epochs.getOrDefault(one.use().subject(), 0L) == one.epoch()
                && epochs.getOrDefault(TenantHeads.self(one.tenant()), 0L) == one.tenantEpoch();
    }

    private static boolean serves(@Nullable HeldKey head, UseSegment.Waiting one, Instant now) {
        Use use = one.use();
        if (head == null
                || !head.tenant().equals(one.tenant())
                || !head.subject().equals(one.owner())
                || head.status() != KeyHead.Status.ACTIVE) {
            return false;
        }
        Instant expiresAt = head.expiresAt();
        if (expiresAt != null && !now.isBefore(expiresAt)) {
            return false;
        }
        KeyHead.Previous previous = head.previous();
        return use.version() == head.version()
                || previous != null && use.version() == previous.version() && now.isBefore(previous.until());
    }

    // A key that is not stored yet has no head, and one that is has: so an erased or deleted key is never asked about.
    private static boolean mayBeAsked(@Nullable HeldKey head, TenantId tenant, Use use) {
        if (use.source().equals(Use.INTAKE)) {
            return head == null || isAlive(head, tenant, use) && use.version() > head.version();
        }
        return head != null && isAlive(head, tenant, use);
    }

    private static boolean isAlive(HeldKey head, TenantId tenant, Use use) {
        return head.tenant().equals(tenant)
                && head.subject().equals(use.subject())
                && head.status().mayBeAsked();
    }

    @Override
    public void write(Connection connection, List<Pending<UseSegment>> items) {
        // The event says it all; there is no row.
    }
}
