package io.byok.command.access;

import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.access.DenialEvent.AccessDenied;
import io.byok.platform.web.door.Denial;
import io.byok.platform.web.door.DenialListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts refused attempts into the audit trail without letting whoever makes them fill the log. The first attempt of a
 * credential for a reason is written at once; those that follow within {@link #WINDOW} are counted, and written as one
 * event when it ends. Of one tenant at most {@link #MOST_OF_A_TENANT} pairs of credential and reason are told apart in a
 * window, the rest is one count: so a node writes at most {@code 2 * (MOST_OF_A_TENANT + 1)} such events a window and
 * tenant, whatever comes in. Counts that were not written are lost with the node; the first attempt is not.
 */
final class DeniedAttempts implements DenialListener {

    static final Duration WINDOW = Duration.ofMinutes(1);
    static final int MOST_OF_A_TENANT = 30;
    private static final int MOST_TENANTS = 10_000;
    private static final String MANY = "many";

    private final BiConsumer<TenantId, AccessDenied> log;
    private final Clock clock;
    private final Map<TenantId, Map<Kind, Tally>> tenants = new HashMap<>();

    /** @param log writes it down, later and elsewhere */
    DeniedAttempts(BiConsumer<TenantId, AccessDenied> log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** What is counted together. @param token absent for the rest of a tenant */
    private record Kind(@Nullable TokenId token, String why) {}

    /** Attempts that are not written yet. */
    private static final class Tally {
        private final Instant opened;
        private @Nullable Denial next;
        private Instant first = Instant.MAX;
        private long attempts;

        Tally(Instant opened) {
            this.opened = opened;
        }
    }

    @Override
    public void denied(Denial denial) {
        Instant now = now();
        if (note(denial, now)) {
            log.accept(
                    denial.tenant(), event(new Kind(denial.token(), denial.why().word()), denial, 1, now, now));
        }
    }

    /** True when it is to be written at once. */
    private synchronized boolean note(Denial denial, Instant now) {
        if (!tenants.containsKey(denial.tenant()) && tenants.size() >= MOST_TENANTS) {
            return false;
        }
        Map<Kind, Tally> tallies = tenants.computeIfAbsent(denial.tenant(), _ -> new HashMap<>());
        Kind kind = new Kind(denial.token(), denial.why().word());
        if (!tallies.containsKey(kind) && tallies.size() < MOST_OF_A_TENANT) {
            tallies.put(kind, new Tally(now));
            return true;
        }
        Tally tally = tallies.get(kind);
        if (tally == null) {
            tally = tallies.computeIfAbsent(new Kind(null, MANY), _ -> new Tally(now));
        }
        if (tally.next == null) {
            tally.next = denial;
            tally.first = now;
        }
        tally.attempts++;
        return false;
    }

    /** To be called every few seconds: writes what was counted in windows that are over. */
    void sweep() {
        Instant now = now();
        Map<TenantId, List<AccessDenied>> due = new HashMap<>();
        synchronized (this) {
            tenants.forEach((tenant, tallies) -> {
                due.put(
                        tenant,
                        tallies.entrySet().stream()
                                .filter(one -> isOver(one.getValue(), now) && one.getValue().next != null)
                                .map(one -> event(one.getKey(), one.getValue(), now))
                                .toList());
                tallies.values().removeIf(tally -> isOver(tally, now));
            });
            tenants.values().removeIf(Map::isEmpty);
        }
        due.forEach((tenant, events) -> events.forEach(event -> log.accept(tenant, event)));
    }

    private static boolean isOver(Tally tally, Instant now) {
        return !now.isBefore(tally.opened.plus(WINDOW));
    }

    private static AccessDenied event(Kind kind, Tally tally, Instant now) {
        Denial next = tally.next;
        if (next == null) {
            throw new IllegalStateException("nothing was counted");
        }
        return event(kind, next, tally.attempts, tally.first, now);
    }

    private static AccessDenied event(Kind kind, Denial denial, long attempts, Instant first, Instant now) {
        return new AccessDenied(
                kind.token(),
                kind.why(),
                denial.operation(),
                denial.scope(),
                denial.from() == null ? null : denial.from().getHostAddress(),
                attempts,
                first,
                now);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
