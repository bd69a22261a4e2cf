package io.byok.command.use.domain;

import io.byok.command.use.domain.Decision.Choice;
import io.byok.command.use.domain.Decision.Considered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Picks the key that serves, and says of every other one why it does not (P9: whose key serves in place of a failed one
 * is never implied).
 *
 * <ol>
 *   <li>A key that is off, expired or not for the model is passed over as if it were not there.
 *   <li>Of the others the first in order serves: the chain's order, or the lowest priority number, the newest of equals.
 *   <li>A version that the caller excludes, that rests, or that the provider refused has failed. The version before it
 *       serves while the overlap of a rotation lasts; that is what the overlap was asked for.
 *   <li>Otherwise another key of the user's may stand in, if it was named for that, and if the policy goes on after
 *       every failure so far and the tries are not used up.
 *   <li>After the user's keys a system key, under the same conditions, if the policy wants one.
 *   <li>Last, a key that the provider refused when it was asked: it may be good again, and it is the user's own.
 * </ol>
 */
public final class Resolution {

    static final String SYSTEM = "system";

    private static final Comparator<Candidate> ORDER = Comparator.comparingInt(
                    (Candidate candidate) -> candidate.policy().priority())
            .thenComparing(Candidate::createdAt, Comparator.reverseOrder())
            .thenComparing(candidate -> candidate.key().value(), Comparator.reverseOrder());

    private final Situation situation;
    private final FallbackPolicy policy;
    private final Wish wish;
    private final Instant at;
    private final List<Considered> considered = new ArrayList<>();
    private final Tries tries;
    private @Nullable Choice chosen;
    private @Nullable Choice lastResort;

    private Resolution(Situation situation, Wish wish, Instant at) {
        this.situation = situation;
        this.policy = situation.policy();
        this.wish = wish;
        this.at = at;
        this.tries = new Tries(situation, wish, at);
    }

    /** Equal arguments give an equal decision, whatever the order of the candidates. */
    public static Decision decide(Situation situation, Wish wish, Instant at) {
        Resolution resolution = new Resolution(situation, wish, at);
        resolution.users();
        resolution.systems();
        resolution.lastResort();
        return resolution.decision();
    }

    private Decision decision() {
        if (chosen == null) {
            return new Decision(null, List.copyOf(considered), tries.hint());
        }
        boolean wait = wish.tries() > 0 && policy.retryDelay().isPositive();
        return new Decision(chosen, List.copyOf(considered), wait ? policy.retryDelay() : null);
    }

    private void users() {
        if (policy.order().isEmpty()) {
            situation.keys().stream().sorted(ORDER).forEach(this::user);
            return;
        }
        for (var key : policy.order()) {
            situation.keys().stream().filter(one -> one.key().equals(key)).forEach(this::user);
        }
        situation.keys().stream()
                .filter(one -> !policy.order().contains(one.key()))
                .sorted(ORDER)
                .forEach(one -> skip(one.current(), "not-in-chain"));
    }

    private void user(Candidate candidate) {
        String unusable = candidate.unusable(wish.model(), at);
        if (unusable != null) {
            skip(candidate.current(), unusable);
        } else if (chosen != null) {
            skip(candidate.current(), "lower-priority");
        } else if (tries.noneFailed()) {
            serve(candidate, "first-in-order");
        } else if (!policy.mayStandIn(candidate)) {
            skip(candidate.current(), "not-a-fallback");
        } else if (tries.usedUp()) {
            skip(candidate.current(), "retries-used-up");
        } else if (!policy.goesOnAfter(tries.failures())) {
            skip(candidate.current(), "not-after-this-failure");
        } else {
            serve(candidate, "next-fallback");
        }
    }

    private void serve(Candidate candidate, String because) {
        String source = tries.noneFailed() ? "user" : "fallback";
        Serving current = candidate.current();
        if (failed(candidate, current)) {
            overlap(candidate);
        } else if (candidate.refused()) {
            skip(current, "refused-by-provider");
            tries.refused();
            overlap(candidate);
            if (lastResort == null) {
                lastResort = new Choice(current.key(), current.version(), source);
            }
        } else {
            choose(current, source, because);
        }
    }

    private void overlap(Candidate candidate) {
        Serving previous = candidate.previousAt(at);
        if (previous == null || tries.usedUp()) {
            return;
        }
        if (!failed(candidate, previous)) {
            choose(previous, "fallback", "rotation-overlap");
        }
    }

    private void systems() {
        situation.systemKeys().stream().sorted(ORDER).forEach(this::system);
    }

    private void system(Candidate candidate) {
        String unusable = candidate.unusable(wish.model(), at);
        String refused = policy.refusesSystem(tries.failures());
        if (unusable != null) {
            skip(candidate.current(), unusable);
        } else if (chosen != null) {
            skip(candidate.current(), "lower-priority");
        } else if (refused != null) {
            skip(candidate.current(), refused);
        } else if (!tries.noneFailed() && tries.usedUp()) {
            skip(candidate.current(), "retries-used-up");
        } else if (!policy.goesOnAfter(tries.failures())) {
            skip(candidate.current(), "not-after-this-failure");
        } else if (candidate.refused()) {
            skip(candidate.current(), "refused-by-provider");
        } else if (!failed(candidate, candidate.current())) {
            choose(candidate.current(), SYSTEM, "in-place-of-the-users");
        }
    }

    private void lastResort() {
        if (chosen == null && lastResort != null) {
            choose(new Serving(lastResort.key(), lastResort.version()), lastResort.source(), "last-resort");
        }
    }

    /** Whether a version is passed over because it does not work now. */
    private boolean failed(Candidate candidate, Serving serving) {
        String because = tries.failure(candidate, serving);
        if (because != null) {
            skip(serving, because);
        }
        return because != null;
    }

    private void choose(Serving serving, String source, String because) {
        chosen = new Choice(serving.key(), serving.version(), source);
        considered.add(new Considered(serving.key(), serving.version(), "chosen", because));
    }

    private void skip(Serving serving, String because) {
        considered.add(new Considered(serving.key(), serving.version(), "skipped", because));
    }
}
