package io.byok.command.validation;

import io.byok.command.bus.Ids;
import io.byok.command.head.KeyHead;
import io.byok.command.head.KeyHeads;
import io.byok.command.store.Appender;
import io.byok.command.store.Row;
import io.byok.kernel.KeyId;
import io.byok.kernel.Provenance;
import io.byok.kernel.Rejection;
import io.byok.kernel.validation.ValidationEvent.KeyDue;
import io.byok.platform.event.EventSealing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks about the keys that are due, and reminds of dates that come near. What is due stands in rows that each node takes
 * under a lease, so a restart forgets nothing, several nodes share the work, and a node that dies leaves it to the others.
 */
final class Sweep implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final Provenance BY = Provenance.system("validation");
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final int MOST_AT_ONCE = 100;

    private final Validation validation;
    private final HealthRows rows;
    private final KeyHeads heads;
    private final Appender appender;
    private final EventSealing sealing;
    private final Ids ids;
    private final Duration remindBefore;
    private final Clock clock;
    private final ExpiryTold told = new ExpiryTold();

    Sweep(
            Validation validation,
            HealthRows rows,
            KeyHeads heads,
            Appender appender,
            EventSealing sealing,
            Ids ids,
            Duration remindBefore,
            Clock clock) {
        this.validation = validation;
        this.rows = rows;
        this.heads = heads;
        this.appender = appender;
        this.sealing = sealing;
        this.ids = ids;
        this.remindBefore = remindBefore;
        this.clock = clock;
    }

    /** Must not throw: a timer that fails once never runs again. */
    @Override
    public void run() {
        try {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            List<HealthRows.Due> due = rows.take(now, LEASE, MOST_AT_ONCE);
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                due.forEach(one -> callers.execute(() -> check(one)));
            }
            rows.expiring(now, now.plus(remindBefore), MOST_AT_ONCE).forEach(one -> remind(one, now));
        } catch (RuntimeException later) {
            LOG.warn("keys that are due could not be looked for: {}", later.toString());
        }
    }

    private void check(HealthRows.Due due) {
        try {
            heads.find(due.tenant(), due.key())
                    .ifPresentOrElse(
                            head -> validation.check(head, Occasion.SCHEDULED, BY), () -> rows.never(due.key()));
        } catch (Rejection ended) {
            rows.never(due.key());
        } catch (RuntimeException later) {
            LOG.warn("{} could not be asked about: {}", due.key(), later.toString()); // due again after the lease
        }
    }

    private void remind(HealthRows.Due due, Instant now) {
        KeyId key = due.key();
        try {
            KeyHead head = heads.find(due.tenant(), key).orElse(null);
            Instant expiresAt = head == null ? null : head.policy().expiresAt();
            if (head == null || expiresAt == null) {
                return;
            }
            KeyDue event = new KeyDue(key, "expires", expiresAt, now);
            appender.append(new Learnt(head.tenant(), head.subject(), event, BY, new Row<>(told, head), sealing, ids));
        } catch (ExpiryTold.Already otherNode) {
            LOG.debug("the expiry of {} is told", key);
        } catch (RuntimeException later) {
            LOG.warn("the expiry of {} could not be told yet: {}", key, later.toString());
        }
    }
}
