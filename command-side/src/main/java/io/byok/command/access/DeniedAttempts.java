package io.byok.command.access;

import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.access.DenialEvent.AccessDenied;
import io.byok.platform.web.door.Denial;
import io.byok.platform.web.door.DenialListener;
import io.byok.platform.web.door.Tallies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts refused attempts into the audit trail without letting whoever makes them fill the log. The first attempt of a
 * credential for a reason is written at once; those that follow within {@link #WINDOW} are counted, and written as one
 * event when it ends. Of one tenant at most {@link #MOST_OF_A_TENANT} pairs of credential and reason are told apart in a
 * window, the rest is one count, as {@link Tallies} says.
 */
final class DeniedAttempts implements DenialListener {

    static final Duration WINDOW = Duration.ofMinutes(1);
    static final int MOST_OF_A_TENANT = 30;

    private final BiConsumer<TenantId, AccessDenied> log;
    private final Clock clock;
    private final Tallies<Kind, Denial> tallies = new Tallies<>(WINDOW, MOST_OF_A_TENANT, new Kind(null, "many"));

    /** @param log writes it down, later and elsewhere */
    DeniedAttempts(BiConsumer<TenantId, AccessDenied> log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** What is counted together. @param token absent for the rest of a tenant */
    private record Kind(@Nullable TokenId token, String why) {}

    @Override
    public void denied(Denial denial) {
        Instant now = now();
        Kind kind = new Kind(denial.token(), denial.why().word());
        if (tallies.note(denial.tenant(), kind, denial, now)) {
            log.accept(denial.tenant(), event(kind, denial, 1, now, now));
        }
    }

    /** To be called every few seconds: writes what was counted in windows that are over. */
    void sweep() {
        Instant now = now();
        write(tallies.over(now), now);
    }

    /** To be called at the end: writes all that was counted. */
    void end() {
        write(tallies.all(), now());
    }

    private void write(List<Tallies.Counted<Kind, Denial>> counts, Instant now) {
        counts.forEach(count ->
                log.accept(count.tenant(), event(count.kind(), count.next(), count.times(), count.first(), now)));
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
