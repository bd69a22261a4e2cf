package io.byok.command.validation;

import io.byok.command.bus.Ids;
import io.byok.command.head.KeyHead;
import io.byok.command.head.KeyHeads;
import io.byok.command.head.TenantHeads;
import io.byok.command.store.Appender;
import io.byok.command.store.Row;
import io.byok.command.validation.ValidationMetrics.Skipped;
import io.byok.kernel.KeyId;
import io.byok.kernel.Provenance;
import io.byok.kernel.Rejection;
import io.byok.kernel.TenantId;
import io.byok.kernel.validation.ValidationEvent.KeyDue;
import io.byok.platform.event.EventSealing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
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
    private static final Duration PUT_OFF = Duration.ofHours(6);
    private static final int MOST_AT_ONCE = 100;

    private final Validation validation;
    private final DueRows rows;
    private final KeyHeads heads;
    private final TenantHeads tenants;
    private final Appender appender;
    private final EventSealing sealing;
    private final Ids ids;
    private final Duration remindBefore;
    private final Duration rotateAfter;
    private final ValidationMetrics metrics;
    private final Clock clock;
    private final Reminded reminded = new Reminded();

    Sweep(
            Validation validation,
            DueRows rows,
            KeyHeads heads,
            TenantHeads tenants,
            Appender appender,
            EventSealing sealing,
            Ids ids,
            Duration remindBefore,
            Duration rotateAfter,
            ValidationMetrics metrics,
            Clock clock) {
        this.validation = validation;
        this.rows = rows;
        this.heads = heads;
        this.tenants = tenants;
        this.appender = appender;
        this.sealing = sealing;
        this.ids = ids;
        this.remindBefore = remindBefore;
        this.rotateAfter = rotateAfter;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Must not throw: a timer that fails once never runs again. */
    @Override
    public void run() {
        try {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            boolean more = true;
            while (more && !Thread.currentThread().isInterrupted()) {
                more = check(due()).size() == MOST_AT_ONCE;
            }
            Instant soon = now.plus(remindBefore);
            rows.expiring(now, soon, MOST_AT_ONCE).forEach(one -> remind(one, Reminder.What.EXPIRES, now));
            rows.ageing(soon, rotateAfter, MOST_AT_ONCE).forEach(one -> remind(one, Reminder.What.ROTATE, now));
        } catch (RuntimeException later) {
            LOG.warn("keys that are due could not be looked for: {}", later.toString());
        }
    }

    private List<DueRows.Due> due() {
        Instant now = clock.instant();
        Instant since = rows.dueSince(now);
        metrics.looked(since == null ? Duration.ZERO : Duration.between(since, now), now);
        return since == null ? List.of() : rows.take(now, LEASE, MOST_AT_ONCE);
    }

    private List<DueRows.Due> check(List<DueRows.Due> due) {
        Set<TenantId> suspended = tenants.suspended(
                due.stream().map(DueRows.Due::tenant).distinct().toList());
        List<KeyId> resting = due.stream()
                .filter(one -> suspended.contains(one.tenant()))
                .map(DueRows.Due::key)
                .toList();
        if (!resting.isEmpty()) {
            putOff(resting, Skipped.SUSPENDED);
        }
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            due.stream()
                    .filter(one -> !suspended.contains(one.tenant()))
                    .forEach(one -> callers.execute(() -> check(one)));
        }
        return due;
    }

    private void check(DueRows.Due due) {
        try {
            heads.find(due.tenant(), due.key())
                    .ifPresentOrElse(head -> validation.check(head, Occasion.SCHEDULED, BY), () -> ended(due.key()));
        } catch (Rejection no) {
            if (no.refusal() == ValidationRefusal.PROVIDER_GONE) {
                putOff(List.of(due.key()), Skipped.NOT_DESCRIBED);
            } else {
                ended(due.key());
            }
        } catch (RuntimeException later) {
            metrics.skipped(Skipped.FAILED).increment();
            LOG.warn("{} could not be asked about: {}", due.key(), later.toString()); // due again after the lease
        }
    }

    private void ended(KeyId key) {
        rows.never(key);
        metrics.skipped(Skipped.ENDED).increment();
    }

    /** What may be asked about again one day: tenants are resumed, files brought back. */
    private void putOff(List<KeyId> keys, Skipped why) {
        rows.putOff(keys, clock.instant().plus(PUT_OFF));
        metrics.skipped(why).increment(keys.size());
    }

    private void remind(DueRows.Due due, Reminder.What what, Instant now) {
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
