package io.byok.command.retention.domain;

import io.byok.command.retention.domain.RetentionCommand.PruneYear;
import io.byok.command.retention.domain.RetentionCommand.RemovePolicy;
import io.byok.command.retention.domain.RetentionCommand.SetPolicy;
import io.byok.kernel.Decider;
import io.byok.kernel.Rejection;
import io.byok.kernel.retention.RetentionEvent;
import io.byok.kernel.retention.RetentionEvent.AuditYearPruned;
import io.byok.kernel.retention.RetentionEvent.RetentionPolicyRemoved;
import io.byok.kernel.retention.RetentionEvent.RetentionPolicySet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** The rules of retention. Without a policy nothing is let go, and under one only what has ended long enough ago. */
public final class RetentionDecider implements Decider<RetentionCommand, Retention, RetentionEvent> {

    @Override
    public Retention initial() {
        return new Retention.Unlimited(Set.of());
    }

    /** When a year may be let go: its end, in UTC, and so many days. */
    public static Instant due(int year, int days) {
        return begin(year + 1).plus(Duration.ofDays(days));
    }

    /** The first instant of a year, in UTC. */
    public static Instant begin(int year) {
        return LocalDate.of(year, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    @Override
    public List<RetentionEvent> decide(Retention state, RetentionCommand command) {
        return switch (command) {
            case SetPolicy set -> set(state, set);
            case RemovePolicy remove ->
                switch (state) {
                    case Retention.Unlimited _ -> List.of();
                    case Retention.Limited _ -> List.of(new RetentionPolicyRemoved(remove.retention(), remove.at()));
                };
            case PruneYear prune ->
                switch (state) {
                    case Retention.Unlimited _ -> throw Rejection.of(RetentionRefusal.NO_POLICY);
                    case Retention.Limited limited -> prune(limited, prune);
                };
        };
    }

    private static List<RetentionEvent> set(Retention state, SetPolicy set) {
        if (set.days() < set.least()) {
            throw new Rejection(RetentionRefusal.TOO_SHORT, "At least " + set.least() + " days.");
        }
        return state instanceof Retention.Limited limited && limited.days() == set.days()
                ? List.of()
                : List.of(new RetentionPolicySet(set.retention(), set.days(), set.appliesAt(), set.at()));
    }

    private static List<RetentionEvent> prune(Retention.Limited state, PruneYear prune) {
        if (prune.at().isBefore(state.appliesAt())) {
            throw Rejection.of(RetentionRefusal.NO_POLICY);
        }
        if (prune.at().isBefore(due(prune.year(), state.days()))) {
            throw Rejection.of(RetentionRefusal.NOT_DUE);
        }
        return state.pruned().contains(prune.year())
                ? List.of()
                : List.of(new AuditYearPruned(
                        prune.retention(),
                        prune.year(),
                        state.days(),
                        prune.events(),
                        prune.uses(),
                        prune.first(),
                        prune.last(),
                        prune.dataKeys(),
                        prune.at()));
    }

    @Override
    public Retention evolve(Retention state, RetentionEvent event) {
        return switch (event) {
            case RetentionPolicySet set -> new Retention.Limited(set.days(), set.appliesAt(), state.pruned());
            case RetentionPolicyRemoved _ -> new Retention.Unlimited(state.pruned());
            case AuditYearPruned pruned ->
                switch (state) {
                    case Retention.Unlimited before ->
                        new Retention.Unlimited(Retention.with(before.pruned(), pruned.year()));
                    case Retention.Limited before ->
                        new Retention.Limited(
                                before.days(), before.appliesAt(), Retention.with(before.pruned(), pruned.year()));
                };
        };
    }
}
