package io.byok.command.validation;

import io.byok.command.head.OutcomeListener;
import io.byok.kernel.KeyId;
import io.byok.kernel.TenantId;
import io.byok.kernel.chain.Failure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns from what callers report. A report alone proves nothing (callers have bugs, networks have proxies), so one that
 * blames the key has the provider asked instead, at most every few minutes.
 */
final class LiveUse implements OutcomeListener {

    private static final Logger LOG = LoggerFactory.getLogger(LiveUse.class);
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(5);

    private final HealthRows rows;
    private final DueRows due;
    private final boolean on;
    private final Runnable wake;

    LiveUse(HealthRows rows, DueRows due, boolean on, Runnable wake) {
        this.rows = rows;
        this.due = due;
        this.on = on;
        this.wake = wake;
    }

    /** A report is taken, whatever becomes of this. */
    @Override
    public void observed(TenantId tenant, KeyId key, int version, @Nullable Failure failure, Instant at) {
        try {
            rows.observed(tenant, key, version, failure == null);
            boolean blamed = failure == Failure.INVALID || failure == Failure.NO_QUOTA || failure == Failure.FORBIDDEN;
            if (on && blamed && !rows.checkedSince(key, at.minus(AGAIN_AFTER))) {
                due.dueAt(tenant, key, version, at);
                wake.run();
            }
        } catch (RuntimeException away) {
            LOG.warn("what became of {} is not part of its health: {}", key, away.toString());
        }
    }
}
