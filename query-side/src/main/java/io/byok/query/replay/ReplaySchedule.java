package io.byok.query.replay;

import static io.byok.query.jooq.Tables.REPLAY;

import io.byok.kernel.Provenance;
import io.byok.kernel.Rejection;
import io.byok.kernel.TenantId;
import io.byok.platform.web.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies everything every so often, so that nobody has to think of it. Its replays are the operator's: those of the
 * tenant whose token may make tenants. Any number of nodes may look: a replay runs once.
 */
final class ReplaySchedule implements AutoCloseable {

    /** Who asks, in the trail and in the list of replays. */
    static final String ACTOR = Provenance.system("replay-schedule").actor();

    private static final Logger log = LoggerFactory.getLogger(ReplaySchedule.class);
    private static final Duration LOOK = Duration.ofSeconds(30);

    private final Replays replays;
    private final DSLContext view;
    private final @Nullable Duration every;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("byok-replay-schedule").factory());

    /** @param every absent for never */
    ReplaySchedule(Replays replays, DSLContext view, @Nullable Duration every, InstantSource clock) {
        if (every != null && every.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("byok.replay.schedule is at least a minute");
        }
        this.replays = replays;
        this.view = view;
        this.every = every;
        this.clock = clock;
    }

    void start() {
        if (every != null) {
            timer.scheduleWithFixedDelay(this::quietly, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Must not throw: a timer that fails once never runs again. */
    private void quietly() {
        try {
            look();
        } catch (RuntimeException away) {
            log.debug(
                    "scheduled replays go on when the database is back: {}",
                    away.getClass().getSimpleName());
        }
    }

    /** Begins a replay if one is due. Empty when none is, or another runs. */
    Optional<ReplayView> look() {
        Duration period = every;
        Instant last = view.select(DSL.max(REPLAY.STARTED_AT))
                .from(REPLAY)
                .where(REPLAY.ACTOR.eq(ACTOR))
                .fetchOptional(DSL.max(REPLAY.STARTED_AT))
                .map(at -> at.toInstant())
                .orElse(Instant.EPOCH);
        if (period == null || last.plus(period).isAfter(clock.instant())) {
            return Optional.empty();
        }
        return operator().flatMap(tenant -> {
            try {
                return Optional.of(replays.start(tenant, ACTOR, null, ReplayRequest.ALL, ReplayMode.VERIFY));
            } catch (Rejection another) {
                return Optional.empty(); // looked for again soon
            }
        });
    }

    /** The oldest tenant with a token that may make tenants. */
    private Optional<TenantId> operator() {
        var tenant = DSL.field(DSL.name("tenant"), SQLDataType.UUID);
        return view.select(tenant)
                .from(DSL.table(DSL.name("access", "api_token")))
                .where(DSL.condition("{0} = any({1})", DSL.inline(Scopes.TENANTS_WRITE), DSL.name("scopes")))
                .orderBy(DSL.field(DSL.name("created_at")))
                .limit(1)
                .fetchOptional(tenant)
                .map((UUID id) -> new TenantId(id));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
