package io.byok.command.retention;

import static io.byok.command.jooq.head.Tables.RETENTION;

import io.byok.command.bus.Commands;
import io.byok.command.bus.Order;
import io.byok.command.bus.Receipt;
import io.byok.command.head.LegalHolds;
import io.byok.command.head.YearOfUses;
import io.byok.command.retention.domain.Retention;
import io.byok.command.retention.domain.RetentionCommand;
import io.byok.command.retention.domain.RetentionCommand.PruneYear;
import io.byok.command.retention.domain.RetentionCommand.RemovePolicy;
import io.byok.command.retention.domain.RetentionCommand.SetPolicy;
import io.byok.command.retention.domain.RetentionDecider;
import io.byok.command.store.EventLog;
import io.byok.command.store.Row;
import io.byok.kernel.HoldId;
import io.byok.kernel.Provenance;
import io.byok.kernel.RetentionId;
import io.byok.kernel.StreamId;
import io.byok.kernel.TenantId;
import io.byok.kernel.retention.RetentionEvent;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.Opened;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.seal.Tombstone;
import io.byok.platform.seal.Tombstones;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets policies, says what they would let go, and lets it go. */
final class Retentions {

    private static final Logger LOG = LoggerFactory.getLogger(Retentions.class);
    private static final Provenance JOB = Provenance.system("retention");

    private final Commands commands;
    private final DSLContext database;
    private final EventLog log;
    private final EventSealing sealing;
    private final YearOfUses uses;
    private final int least;
    private final Duration grace;
    private final Clock clock;
    private final RetentionRows rows = new RetentionRows();
    private final RetentionDecider decider = new RetentionDecider();

    /**
     * Makes one.
     *
     * @param least the fewest days that any policy may have
     * @param grace from a policy to its first effect
     */
    Retentions(
            Commands commands,
            DSLContext database,
            EventLog log,
            EventSealing sealing,
            YearOfUses uses,
            int least,
            Duration grace,
            Clock clock) {
        this.commands = commands;
        this.database = database;
        this.log = log;
        this.sealing = sealing;
        this.uses = uses;
        this.least = least;
        this.grace = grace;
        this.clock = clock;
    }

    int least() {
        return least;
    }

    Receipt<Retention> set(TenantId tenant, int days, Provenance by) {
        Instant at = now();
        return send(tenant, new SetPolicy(RetentionId.of(tenant), days, least, at.plus(grace), at), by);
    }

    Receipt<Retention> remove(TenantId tenant, Provenance by) {
        return send(tenant, new RemovePolicy(RetentionId.of(tenant), now()), by);
    }

    Retention now(TenantId tenant) {
        Retention state = decider.initial();
        for (StoredEvent stored : log.stream(StreamId.of(RetentionId.of(tenant)), 0)) {
            if (sealing.open(stored.event()) instanceof Opened.Clear clear
                    && clear.envelope().event() instanceof RetentionEvent event) {
                state = decider.evolve(state, event);
            }
        }
        return state;
    }

    /** What a policy of so many days would let go now, and later. Changes nothing. */
    List<DueYear> simulate(TenantId tenant, int days) {
        List<DueYear> years = new ArrayList<>();
        Instant at = now();
        for (int year : years(tenant)) {
            YearOfUses.Extent extent = uses.count(tenant, year);
            Instant due = RetentionDecider.due(year, days);
            Optional<HoldId> hold = hold(tenant, year);
            years.add(new DueYear(
                    year,
                    due,
                    !at.isBefore(due),
                    extent.events(),
                    extent.uses(),
                    extent.first(),
                    extent.last(),
                    keys(tenant, year, at).size(),
                    hold.orElse(null)));
        }
        return years;
    }

    /** Lets go what is due, of all tenants. What cannot go now is looked at again the next time. */
    void prune() {
        database.selectFrom(RETENTION).fetch().forEach(row -> {
            TenantId tenant = new TenantId(row.getTenant());
            Instant at = now();
            if (at.isBefore(row.getAppliesAt().toInstant())) {
                return;
            }
            for (int year : years(tenant)) {
                if (!at.isBefore(RetentionDecider.due(year, row.getDays()))
                        && hold(tenant, year).isEmpty()) {
                    try {
                        prune(tenant, year, at);
                    } catch (RuntimeException later) {
                        LOG.warn("the uses of {} of {} are not let go: {}", year, tenant, later.toString());
                    }
                }
            }
        });
    }

    private void prune(TenantId tenant, int year, Instant at) {
        YearOfUses.Extent extent = uses.keepHashes(tenant, year);
        send(
                tenant,
                new PruneYear(
                        RetentionId.of(tenant),
                        year,
                        extent.events(),
                        extent.uses(),
                        extent.first(),
                        extent.last(),
                        RetentionRows.named(keys(tenant, year, at)),
                        at),
                JOB);
        LOG.info("{} uses of {} of {} were let go", extent.uses(), year, tenant);
    }

    /** Years that have a key, in their order. */
    private List<Integer> years(TenantId tenant) {
        return database.connectionResult(connection -> Tombstones.auditYears(connection, tenant));
    }

    private List<Tombstone> keys(TenantId tenant, int year, Instant at) {
        return database.transactionResult(transaction -> transaction
                .dsl()
                .connectionResult(connection -> Tombstones.ofYear(connection, tenant, year, RetentionRows.BASIS, at)));
    }

    private Optional<HoldId> hold(TenantId tenant, int year) {
        return database.connectionResult(connection ->
                LegalHolds.on(connection, tenant, RetentionDecider.begin(year), RetentionDecider.begin(year + 1)));
    }

    private Receipt<Retention> send(TenantId tenant, RetentionCommand command, Provenance by) {
        Order<RetentionCommand> order =
                new Order<>(RetentionCommand.class, command, StreamId.of(command.retention()), tenant, null, by, null);
        return commands.<RetentionCommand, Retention>send(
                order, decided -> decided.changed() ? List.of(new Row<>(rows, step(tenant, command))) : List.of());
    }

    private static RetentionStep step(TenantId tenant, RetentionCommand command) {
        return switch (command) {
            case SetPolicy set -> new RetentionStep.Limited(tenant, set.days(), set.appliesAt());
            case RemovePolicy _ -> new RetentionStep.Unlimited(tenant);
            case PruneYear prune -> new RetentionStep.Pruned(tenant, prune.year(), prune.dataKeys(), prune.at());
        };
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
