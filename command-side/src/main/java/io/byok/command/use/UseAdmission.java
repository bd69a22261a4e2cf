package io.byok.command.use;

import io.byok.command.head.Epochs;
import io.byok.command.head.HeldKey;
import io.byok.command.head.KeyHead;
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
        List<Look> looks = List.of(HeldKey.look(keys(segments), keys), Epochs.look(subjects(segments), epochs));
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
                        one.admit((holds(one, epochs) || !one.use().served())
                                && serves(keys.get(one.use().key()), one, now));
                    }
                }
            }
        };
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
        if (!use.served()) {
            return mayBeAsked(head, one.tenant(), use);
        }
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
            return head == null || head.tenant().equals(tenant) && use.version() > head.version();
        }
        return head != null
                && head.tenant().equals(tenant)
                && head.subject().equals(use.subject())
                && head.status() != KeyHead.Status.REVOKED
                && head.status() != KeyHead.Status.DELETED;
    }

    @Override
    public void write(Connection connection, List<Pending<UseSegment>> items) {
        // The event says it all; there is no row.
    }
}
