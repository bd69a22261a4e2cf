package io.byok.command.trail;

import io.byok.kernel.KeyId;
import io.byok.kernel.Provenance;
import io.byok.kernel.TenantId;
import io.byok.kernel.key.KeyNotFound;
import io.byok.kernel.trail.TrailEvent;
import io.byok.platform.web.door.RefusalListener;
import io.byok.platform.web.door.RefusedCommand;
import io.byok.platform.web.door.Tallies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts refused commands into the audit trail without letting whoever sends them fill the log. The first of a caller, an
 * operation, a code and what it was for is written at once; those that follow within {@link #WINDOW} are counted and
 * written as one event when it ends. Of one tenant at most {@link #MOST_OF_A_TENANT} of these are told apart in a window,
 * the rest is one count, as {@link Tallies} says.
 */
final class RefusedCommands implements RefusalListener {

    static final Duration WINDOW = Duration.ofMinutes(1);
    static final int MOST_OF_A_TENANT = 60;
    private static final Kind REST =
            new Kind(Provenance.system("trail").actor(), TrailEvent.MANY, TrailEvent.MANY, null, null);

    private final Consumer<Refused> log;
    private final Clock clock;
    private final Tallies<Kind, RefusedCommand> tallies = new Tallies<>(WINDOW, MOST_OF_A_TENANT, REST);

    /** @param log writes it down, later and elsewhere */
    RefusedCommands(Consumer<Refused> log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** What is counted together. @param userId of the end user, in memory only */
    record Kind(
            String actor,
            String operation,
            String code,
            @Nullable KeyId key,
            @Nullable String userId) {}

    /** What is to be written. @param requestId of the first of them; absent for the rest of a tenant */
    record Refused(TenantId tenant, Kind kind, @Nullable String requestId, long times, Instant first, Instant at) {}

    @Override
    public void refused(RefusedCommand command) {
        Instant now = now();
        TenantId tenant = command.caller().tenant();
        // A key that is not there may be somebody else's: that it was asked for is noted, and not which.
        boolean unknown = command.code().equals(KeyNotFound.KEY_NOT_FOUND.code());
        Kind kind = new Kind(
                command.caller().actor(),
                command.operation(),
                command.code(),
                unknown ? null : command.key(),
                command.userId());
        if (tallies.note(tenant, kind, command, now)) {
            log.accept(new Refused(tenant, kind, command.caller().requestId(), 1, now, now));
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

    private void write(List<Tallies.Counted<Kind, RefusedCommand>> counts, Instant now) {
        counts.forEach(count -> {
            String requestId =
                    count.kind().equals(REST) ? null : count.next().caller().requestId();
            log.accept(new Refused(count.tenant(), count.kind(), requestId, count.times(), count.first(), now));
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
