package io.byok.command.use;

import io.byok.command.head.KeyHead;
import io.byok.command.head.KeyHeads;
import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import io.byok.kernel.KeyId;
import io.byok.kernel.TenantId;
import io.byok.kernel.use.Use;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
    public void admit(Connection connection, List<Pending<UseSegment>> items) {
        Set<KeyId> keys = items.stream()
                .flatMap(item -> item.value().waiting().stream())
                .map(one -> one.use().key())
                .collect(Collectors.toSet());
        Map<KeyId, KeyHead> heads = KeyHeads.locked(connection, keys);
        Instant now = clock.instant();
        for (Pending<UseSegment> item : items) {
            for (UseSegment.Waiting one : item.value().waiting()) {
                one.admit(serves(heads.get(one.use().key()), one.tenant(), one.use(), now));
            }
        }
    }

    private static boolean serves(@Nullable KeyHead head, TenantId tenant, Use use, Instant now) {
        if (!use.served()) {
            return mayBeAsked(head, tenant, use);
        }
        if (head == null
                || !head.tenant().equals(tenant)
                || !head.subject().equals(use.subject())
                || head.status() != KeyHead.Status.ACTIVE) {
            return false;
        }
        Instant expiresAt = head.policy().expiresAt();
        if (expiresAt != null && !now.isBefore(expiresAt)) {
            return false;
        }
        KeyHead.Previous previous = head.previous();
        return use.version() == head.version()
                || previous != null && use.version() == previous.version() && now.isBefore(previous.until());
    }

    // A key that is not stored yet has no head, and one that is has: so an erased or deleted key is never asked about.
    private static boolean mayBeAsked(@Nullable KeyHead head, TenantId tenant, Use use) {
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
