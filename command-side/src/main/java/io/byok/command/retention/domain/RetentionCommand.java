package io.byok.command.retention.domain;

import io.byok.kernel.RetentionId;
import io.byok.kernel.erase.DestroyedKey;
import java.time.Instant;
import java.util.List;

/** What can be asked of a tenant's retention. */
public sealed interface RetentionCommand {

    RetentionId retention();

    Instant at();

    /**
     * Let years go.
     *
     * @param least the fewest days that the operator allows
     */
    record SetPolicy(RetentionId retention, int days, int least, Instant appliesAt, Instant at)
            implements RetentionCommand {}

    /** Let nothing go any more. */
    record RemovePolicy(RetentionId retention, Instant at) implements RetentionCommand {}

    /** Let this year go, of which this is all. */
    record PruneYear(
            RetentionId retention,
            int year,
            long events,
            long uses,
            long first,
            long last,
            List<DestroyedKey> dataKeys,
            Instant at)
            implements RetentionCommand {}
}
