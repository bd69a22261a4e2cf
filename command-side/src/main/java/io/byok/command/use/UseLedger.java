package io.byok.command.use;

import io.byok.command.bus.Ids;
import io.byok.command.head.KeyMoved;
import io.byok.command.head.UseRecorder;
import io.byok.command.store.Appender;
import io.byok.command.store.LogUnavailable;
import io.byok.kernel.TenantId;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import io.byok.platform.event.EventSealing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Records uses before the secret leaves (P2). The future completes after the commit; until then nothing may leave, and
 * when it fails nothing leaves at all. Uses that wait while a commit is under way share the next one: one alone commits
 * at once, a thousand commit together. A log that has not answered in two seconds counts as failed for all who wait: the
 * use may be recorded yet, and its secret does not leave.
 */
public class UseLedger implements UseRecorder, AutoCloseable {

    /** How long a use waits for the log. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final long LOOK_MILLIS = 100;

    private static final int MOST_WAITING = 20_000;
    private static final int MOST_TOGETHER = 2_000;

    private final Appender appender;
    private final EventSealing sealing;
    private final UseAdmission admission;
    private final Ids ids;
    private final Clock clock;
    private final BlockingQueue<UseSegment.Waiting> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean committing = new AtomicBoolean();
    private final Thread watch =
            Thread.ofPlatform().name("byok-use-watch").daemon().unstarted(this::watch);
    private volatile List<UseSegment> under = List.of();
    private volatile long since;

    UseLedger(Appender appender, EventSealing sealing, UseAdmission admission, Ids ids, Clock clock) {
        this.clock = clock;
        this.appender = appender;
        this.sealing = sealing;
        this.admission = admission;
        this.ids = ids;
        watch.start();
    }

    /** For a use that hands nothing out: it rests on the key's own row and on no decision. */
    @Override
    public CompletableFuture<Long> record(TenantId tenant, Use use) {
        return record(new UseSegment.Waiting(tenant, use, false, 0, 0));
    }

    /**
     * Records a use.
     *
     * @return completes with its position once it is durable; fails with {@link KeyMoved} when the key no longer serves,
     *     with {@link LogUnavailable} when it cannot be recorded
     */
    CompletableFuture<Long> record(UseSegment.Waiting one) {
        if (!waiting.offer(one)) {
            return CompletableFuture.failedFuture(LogUnavailable.full());
        }
        commitNext();
        return one.recorded();
    }

    /** Fetches what sealing needs, before the writers wait for it. May block. */
    void prepare(TenantId tenant, Instant at) {
        sealing.prepare(tenant, null, UsesRecorded.class, at);
    }

    /** Whether {@link #prepare} has nothing to do. */
    boolean isReady(TenantId tenant) {
        return sealing.isReady(tenant, null, UsesRecorded.class, clock.instant());
    }

    private void commitNext() {
        while (!waiting.isEmpty() && committing.compareAndSet(false, true)) {
            List<UseSegment> segments = segments();
            if (segments.isEmpty()) {
                committing.set(false);
                continue; // somebody may have come in since; look again
            }
            since = System.nanoTime();
            under = segments; // after the time of it
            CompletableFuture<?>[] commits = segments.stream().map(this::commit).toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(commits).whenComplete((done, failed) -> {
                under = List.of();
                committing.set(false);
                commitNext();
            });
            return;
        }
    }

    private List<UseSegment> segments() {
        List<UseSegment.Waiting> taken = new ArrayList<>();
        waiting.drainTo(taken, MOST_TOGETHER);
        Map<TenantId, List<UseSegment.Waiting>> byTenant = new LinkedHashMap<>();
        taken.forEach(one -> byTenant.computeIfAbsent(one.tenant(), tenant -> new ArrayList<>())
                .add(one));
        List<UseSegment> segments = new ArrayList<>();
        byTenant.forEach((tenant, uses) -> segments.add(new UseSegment(tenant, uses, admission, sealing, ids)));
        return segments;
    }

    private CompletableFuture<Void> commit(UseSegment segment) {
        return appender.submit(segment).handle((appended, failure) -> {
            if (failure == null) {
                segment.committed(appended.lastPosition());
            } else {
                segment.failed(failure);
            }
            return null;
        });
    }

    private void watch() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                List<UseSegment> late = under;
                if (!late.isEmpty() && System.nanoTime() - since > PATIENCE.toNanos() && late == under) {
                    late.forEach(segment -> segment.failed(LogUnavailable.slow()));
                    List<UseSegment.Waiting> behind = new ArrayList<>();
                    waiting.drainTo(behind);
                    behind.forEach(one -> one.recorded().completeExceptionally(LogUnavailable.full()));
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
