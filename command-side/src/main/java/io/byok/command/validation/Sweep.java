package io.byok.command.validation;

import io.byok.command.bus.Ids;
import io.byok.command.head.KeyHead;
import io.byok.command.head.KeyHeads;
import io.byok.command.store.Appender;
import io.byok.command.store.Row;
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
import org.jspecify.annotations.Nullable;
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
    private final Duration rotateAfter;
    private final Clock clock;
    private final Reminded reminded = new Reminded();

    Sweep(
            Validation validation,
            HealthRows rows,
            KeyHeads heads,
            Appender appender,
            EventSealing sealing,
            Ids ids,
            Duration remindBefore,
            Duration rotateAfter,
            Clock clock) {
        this.validation = validation;
        this.rows = rows;
        this.heads = heads;
        this.appender = appender;
        this.sealing = sealing;
        this.ids = ids;
        this.remindBefore = remindBefore;
        this.rotateAfter = rotateAfter;
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
            Instant soon = now.plus(remindBefore);
            rows.expiring(now, soon, MOST_AT_ONCE).forEach(one -> remind(one, Reminder.What.EXPIRES, now));
            rows.ageing(soon, rotateAfter, MOST_AT_ONCE).forEach(one -> remind(one, Reminder.What.ROTATE, now));
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

    private void remind(HealthRows.Due due, Reminder.What what, Instant now) {
        try {
            KeyHead head = heads.find(due.tenant(), due.key()).orElse(null);
            Instant date = head == null ? null : date(head, what);
            if (head != null && date != null) {
                KeyDue event = new KeyDue(head.key(), what.word(), date, now);
                Row<Reminder> row = new Row<>(reminded, new Reminder(head, what, date));
                appender.append(new Learnt(head.tenant(), head.subject(), event, BY, row, sealing, ids));
            }
        } catch (Reminded.Already otherNode) {
            LOG.debug("a date of {} is told", due.key());
        } catch (RuntimeException later) {
            LOG.warn("a date of {} could not be told yet: {}", due.key(), later.toString());
        }
    }

    private @Nullable Instant date(KeyHead head, Reminder.What what) {
        return switch (what) {
            case EXPIRES -> head.policy().expiresAt();
            case ROTATE -> head.versionSince().plus(rotateAfter);
        };
    }
}
