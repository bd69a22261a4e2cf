package io.byok.command.use.domain;

import io.byok.kernel.chain.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has failed so far in one decision, how, and when asking again may help. */
final class Tries {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Situation situation;
    private final Wish wish;
    private final Instant at;
    private final Set<Failure> failures = EnumSet.noneOf(Failure.class);
    private @Nullable Duration hint;

    Tries(Situation situation, Wish wish, Instant at) {
        this.situation = situation;
        this.wish = wish;
        this.at = at;
    }

    /** Why a version is passed over because it does not work now, which is remembered; absent when it works. */
    @Nullable
    String failure(Candidate candidate, Serving serving) {
        Trouble trouble = situation.trouble(serving);
        if (wish.excludes(candidate, serving.version())) {
            excluded(trouble);
            return "excluded";
        }
        if (trouble != null && trouble.restsAt(at)) {
            failures.add(trouble.failure());
            hint(rest(trouble));
            return "circuit-open";
        }
        return null;
    }

    private void excluded(@Nullable Trouble trouble) {
        Failure said = wish.because() != null ? wish.because() : trouble == null ? Failure.OTHER : trouble.failure();
        failures.add(said);
        // A caller's word does not hide what was reported before and does not pass.
        if (trouble != null && !trouble.failure().isPassing()) {
            failures.add(trouble.failure());
        }
        if (trouble != null && trouble.restsAt(at)) {
            hint(rest(trouble));
        } else if (said.isPassing() && situation.policy().isSaid()) {
            hint(delay());
        }
    }

    /** A version that its provider refused when it was asked. */
    void refused() {
        failures.add(Failure.INVALID);
    }

    boolean noneFailed() {
        return failures.isEmpty();
    }

    Set<Failure> failures() {
        return failures;
    }

    /** Whether more tries failed than the policy allows. */
    boolean usedUp() {
        return wish.tries() > situation.policy().maxRetries();
    }

    /** When asking again may help; absent when it does not. */
    @Nullable
    Duration hint() {
        return usedUp() ? null : hint;
    }

    private Duration rest(Trouble trouble) {
        return trouble.until() == null ? SOON : Duration.between(at, trouble.until());
    }

    private Duration delay() {
        Duration delay = situation.policy().retryDelay();
        return delay.isPositive() ? delay : SOON;
    }

    private void hint(Duration wait) {
        if (hint == null || wait.compareTo(hint) < 0) {
            hint = wait;
        }
    }
}
