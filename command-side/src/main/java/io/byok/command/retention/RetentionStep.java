package io.byok.command.retention;

import io.byok.kernel.TenantId;
import io.byok.kernel.erase.DestroyedKey;
import java.time.Instant;
import java.util.List;

/** What becomes true at once with an event of retention. */
sealed interface RetentionStep {

    TenantId tenant();

    /** This policy holds. */
    record Limited(TenantId tenant, int days, Instant appliesAt) implements RetentionStep {}

    /** None does. */
    record Unlimited(TenantId tenant) implements RetentionStep {}

    /** The year's key is gone. @param dataKeys these and no others */
    record Pruned(TenantId tenant, int year, List<DestroyedKey> dataKeys, Instant at) implements RetentionStep {}
}
